import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { deliver, delivery } from '../support/github.ts';
import { endsOf, open, picture, stage } from './stage.ts';

const ADMIN_TOKEN = 'an-admin-token-for-this-test';

/** A receiver of messages that wants none. */
async function refusing(t: TestContext): Promise<string> {
  const server = createServer((_, response) => response.writeHead(400).end('no such room'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endsOf(t).defer(async () => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`;
}

test('with scripts off everything is read, and everything is done by forms', async (t) => {
  const config = {
    destinations: { desk: { type: 'console' }, app: { type: 'http', url: await refusing(t) } },
    rules: [{ name: 'news', on: ['issues.opened'], to: ['desk', 'app'] }],
    tests: [{ name: 'an opened issue is told', event: 'issues.opened', expect: ['desk', 'app'] }],
  };
  const { url, send } = await stage(t, config, { ADMIN_TOKEN, LOOPBACK_OPEN: 'false' });
  await send('issues.opened');
  const page = await open(t, url, { javaScriptEnabled: false });
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
  const press = (name: string | RegExp) => page.getByRole('button', { name }).click();

  await t.test('logging in leads to where one was going', async () => {
    await page.goto('/events/1');
    await page.getByLabel('token').fill(ADMIN_TOKEN);
    await press('Log in');
    await page.waitForURL(/\/events\/1$/);
    await heading(/opened issue/);
    for (const name of ['What happened', 'Why', 'What came in']) await page.getByRole('heading', { name }).waitFor();
    // The tree opens and closes by itself.
    const repository = page.locator('[data-tree] li[data-k="repository"] > details');
    await repository.locator('summary').first().click();
    await repository.getByText('full_name', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Raw payload' }).click();
    await page.locator('pre.raw').waitFor();
  });

  await t.test('the inbox filters and pages', async () => {
    const edited = (n: number) =>
      deliver(url, delivery('milestone', { action: 'edited', n, repository: { full_name: 'acme/api' } }));
    await Promise.all(Array.from({ length: 55 }, (_, n) => edited(n)));
    await page.goto('/');
    assert.equal(await page.locator('#rows tr').count(), 50);
    await picture(page, 'inbox-without-javascript');
    await page.getByRole('link', { name: 'Older →' }).click();
    await page.locator('#e1').waitFor();
    assert.equal(await page.locator('#rows tr').count(), 6);
    await page.getByRole('link', { name: '← Newer' }).click();
    await page.locator('#e56').waitFor();
    await page.getByLabel('Filter events').fill('type:issues');
    await press('Filter');
    await page.waitForURL(/\?q=type/);
    assert.equal(await page.locator('#rows tr').count(), 1);
    await page.getByRole('link', { name: 'skipped', exact: true }).click();
    await page.getByText('Nothing matches.').waitFor();
    await page.getByLabel('Filter events').fill('state:never');
    await press('Filter');
    await page.locator('.notice.bad').waitFor();
  });

  await t.test('a replay: the plan, the click, how far it is, and what came of it', async () => {
    await page.goto('/?q=type:issues');
    await page.getByLabel('Select event 1').check();
    await press('Replay selected…');
    await heading('Replay 1 event?');
    await press('Replay 1 event');
    await page.waitForURL(/\/replays\//);
    // It asks again by itself.
    await heading('Replayed');
    await page.getByText('Begun by').waitFor();
  });

  await t.test('a lane is paused, what waits is given up after a plan, and it goes on', async () => {
    await page.goto('/destinations');
    const desk = page
      .locator('article, section, li')
      .filter({ has: page.getByRole('heading', { name: 'desk' }) })
      .last();
    await desk.locator('details.menu > summary').click();
    await desk.locator('details.menu button').first().click();
    await page.waitForURL(/did=/);
    await desk
      .getByText(/paused/i)
      .first()
      .waitFor();
    await send('issues.opened');
    await waiting(page.goto.bind(page));
    await desk.getByRole('link', { name: 'Give up what waits…' }).click();
    await page.getByRole('button', { name: /^Give up/ }).waitFor();
    await page.getByRole('link', { name: 'Cancel' }).click();
    await desk.getByRole('link', { name: 'Give up what waits…' }).click();
    await press(/^Give up/);
    await page.waitForURL(/\/destinations/);
    await desk.getByRole('button', { name: 'Resume' }).click();
    await desk.locator('details.menu > summary').waitFor();
    await desk.getByRole('button', { name: 'Send a test message' }).click();
    await page.waitForURL(/did=/);
  });

  /** Until it is decided, nothing waits there. */
  async function waiting(goto: typeof page.goto): Promise<void> {
    do await goto('/destinations');
    while ((await page.getByRole('link', { name: 'Give up what waits…' }).count()) === 0);
  }

  await t.test('a problem is dismissed, in two steps', async () => {
    await page.goto('/problems');
    const card = page
      .locator('article, section, li')
      .filter({ hasText: /400|no such room/ })
      .last();
    await card.locator('details.menu > summary').click();
    await card.getByRole('button', { name: /^Dismiss/ }).click();
    await page.waitForURL(/\/problems/);
    await page.locator('.notice').first().waitFor();
  });

  await t.test('rules are checked, and their tests run', async () => {
    await page.goto('/rules');
    const text = page.getByLabel('Text of tidings.yaml');
    const before = await text.inputValue();
    await text.fill(before.replace('to:', 'too:'));
    await press('Check');
    await page.getByText(/This text cannot be used/).waitFor();
    assert.match(await text.inputValue(), /too:/, 'what was typed is still there');
    await text.fill(before);
    await press('Run tests');
    await page
      .getByText(/1 of 1 test|1 test passed|All passed|passed/i)
      .first()
      .waitFor();
  });

  await t.test('a sample is sent, what was done is listed, and logging out ends it', async () => {
    await page.goto('/setup');
    await press('Send a sample');
    await page.waitForURL(/\/(?:events\/\d+|setup)/);
    await page.goto('/audit');
    for (const what of ['pause', 'resume', 'drain', 'dismiss', 'replay']) await page.getByText(what).first().waitFor();
    await press('Log out');
    await page.waitForURL(/\/login$/);
    await page.goto('/rules');
    await page.waitForURL(/\/login\?/);
  });
});
