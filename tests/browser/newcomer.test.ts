import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture, stage } from './stage.ts';

test('a newcomer opens it, sends one, sees it arrive, reads why and what was said, and replays it', async (t) => {
  const { open, send } = await stage(t);
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
  await page.getByRole('heading', { level: 1 }).filter({ hasText: /opened pull request #\d+/ }).waitFor();
  for (const name of ['What happened', 'Why', 'What was said, and where', 'What came in']) {
    await page.getByRole('heading', { name, exact: true }).waitFor();
  }
  assert.match((await page.getByRole('main').textContent()) ?? '', /matched.*console/s);

  await page.getByRole('link', { name: /Replay/ }).or(page.getByRole('button', { name: /Replay/ })).first().click();
  // The plan, with its count, comes first.
  await page.getByText(/1 event/).first().waitFor();
  await page.getByRole('main').getByRole('button', { name: /Replay/ }).click();
  await page.getByText(/done/i).first().waitFor();
  await page.goto('/events/1');
  await page.getByText(/replayed|2 attempts|after a replay|Replays/i).first().waitFor();
});
