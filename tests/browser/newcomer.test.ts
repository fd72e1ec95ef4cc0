import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture, stage } from './stage.ts';

test('a newcomer opens it, sends one, sees it arrive, reads why and what was said, and replays it', async (t) => {
  const { open, send, url } = await stage(t);
  const page = await open({ colorScheme: 'light' });
  await page.goto('/');
  // An empty page holds the next command, as the first screen does.
  const hint = page.getByRole('main').locator('code').filter({ hasText: 'send pull_request.opened' });
  await hint.first().waitFor();
  await picture(page, 'empty');

  await send('pull_request.opened');
  const row = page.getByRole('row').filter({ hasText: 'pull_request.opened' });
  await row.getByText('told', { exact: true }).waitFor();

  await row.getByRole('link').first().click();
  await page.waitForURL(/\/events\/1$/);
  await page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: /opened pull request #\d+/ })
    .waitFor();
  for (const name of ['What happened', 'Why', 'What was said, and where', 'What came in']) {
    await page.getByRole('heading', { name, exact: true }).waitFor();
  }
  assert.match((await page.getByRole('main').textContent()) ?? '', /matched.*console/s);
  // Nothing is connected: so it also stands there as it would look in Slack.
  const proposed = page.locator('.place').filter({ hasText: 'once connected' });
  await proposed.getByRole('heading', { name: 'Slack' }).waitFor();
  await proposed
    .locator('.message')
    .getByText(/opened pull request/)
    .first()
    .waitFor();
  await proposed.getByRole('link', { name: 'Connect Slack' }).waitFor();
  await page.getByText(`${url}/webhooks/github`).first().waitFor();
  await picture(page, 'event');

  await page.getByRole('link', { name: /Replay/ }).click();
  // The plan, with its count, comes first, and does nothing.
  await page.getByRole('heading', { name: 'Replay 1 event?' }).waitFor();
  await picture(page, 'replay-plan');
  await page.getByRole('button', { name: 'Replay 1 event' }).click();
  await page.waitForURL(/\/replays\//);
  await page.getByRole('heading', { name: 'Replayed', exact: true }).waitFor();
  await picture(page, 'replayed');
  await page.getByRole('link', { name: 'To the inbox' }).click();
  await page.getByRole('row').filter({ hasText: 'pull_request.opened' }).getByText('told', { exact: true }).waitFor();
  await page.goto('/events/1');
  await page.getByText('Details', { exact: true }).click();
  await page.getByText('1 time', { exact: true }).waitFor();
});
