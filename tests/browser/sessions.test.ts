import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { deliver } from '../support/github.ts';
import { serverInProcess } from '../support/in-process.ts';
import { issueOpened } from '../support/payloads.ts';
import { freePort } from '../support/tidings-process.ts';
import { axeFindings, endsOf, open, picture, stage } from './stage.ts';

const ADMIN = 'an-admin-token-for-this-test';
const VIEWER = 'a-viewer-token-for-this-test';
const NEXT_ADMIN = 'the-admin-token-from-now-on';
/** What a browser says of answers that are refusals, of a receiver that starts again, and of names without TLS. */
const REFUSED = [/status of 4\d\d/, /net::ERR_/, /Cross-Origin-Opener-Policy header has been ignored/];

/** Known to the house as `http://ops.test/tidings`. */
async function house(t: TestContext) {
  const port = String(await freePort());
  const far = `http://ops.test:${port}/tidings`;
  const env = { ADMIN_TOKEN: ADMIN, VIEWER_TOKEN: VIEWER, PORT: port, PUBLIC_URL: far };
  const place = await stage(t, null, env);
  const window = (at = far) => open(t, `${at}/`, {}, REFUSED);
  return { ...place, far, window, env };
}

async function logIn(page: Page, token: string): Promise<void> {
  await page.getByLabel('token').fill(token);
  await page.getByRole('button', { name: 'Log in' }).click();
}

const isAt = (page: Page, far: string, path: string) => assert.equal(page.url(), `${far}${path}`);

/** Every address on the page is below the prefix, leads elsewhere for good, or is of the page itself. */
async function strayLinks(page: Page): Promise<readonly string[]> {
  const all = await page
    .locator('[href], [src], [action]')
    .evaluateAll((elements) =>
      elements.flatMap((element) => ['href', 'src', 'action'].flatMap((name) => element.getAttribute(name) ?? [])),
    );
  return all.filter((address) => !/^(?:\/tidings\/|#|\?|https:\/\/)/.test(address));
}

const PAGES = ['', 'events/1', 'destinations', 'rules', 'problems', 'setup', 'audit'];
const CHANGES = /^(?:Replay|Pause|Resume|Write|Dismiss|Send|Give up|Release|Retry)/;

test('who is let in, below a path of a name', async (t) => {
  const { server, far, window, env, dir, run } = await house(t);
  await deliver(server.url, issueOpened(1));

  await t.test('a viewer sees all, is offered no change, and makes none by hand', async () => {
    const page = await window();
    await page.goto('./');
    assert.equal(new URL(page.url()).pathname, '/tidings/login');
    await logIn(page, VIEWER);
    await page.waitForURL(`${far}/`);
    for (const path of PAGES) {
      const answer = await page.goto(path === '' ? './' : path);
      assert.equal(answer?.status(), 200, path);
      await page.getByText('read only').waitFor();
      const main = page.getByRole('main');
      assert.equal(await main.getByRole('button', { name: CHANGES }).count(), 0, path);
      assert.equal(await main.getByRole('link', { name: CHANGES }).count(), 0, path);
      assert.deepEqual(await strayLinks(page), [], path);
    }
    const csrf = (await page.getAttribute('html', 'data-csrf')) ?? '';
    const statuses = await page.evaluate(
      async ([csrf, base]) => {
        const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf };
        const acts = ['lanes/console/pause', 'lanes/console/test', 'replays', 'problems/dismiss', 'setup/sample'];
        const asked = acts.map((act) => fetch(`${base}/api/v1/${act}`, { method: 'POST', headers, body: '{}' }));
        const put = fetch(`${base}/api/v1/rules/file`, {
          method: 'PUT',
          headers: { ...headers, 'If-Match': 'none' },
          body: '{}',
        });
        const form = fetch(`${base}/destinations/console/pause`, {
          method: 'POST',
          body: new URLSearchParams({ csrf }),
        });
        return (await Promise.all([...asked, put, form])).map(({ status }) => status);
      },
      [csrf, '/tidings'] as const,
    );
    assert.deepEqual([...new Set(statuses)], [403]);
  });

  await t.test('what an admin does in one window a viewer sees in another, and cannot undo', async () => {
    const [admin, viewer] = [await window(), await window()];
    for (const [page, token] of [
      [admin, ADMIN],
      [viewer, VIEWER],
    ] as const) {
      await page.goto('destinations');
      await logIn(page, token);
      await page.waitForURL(`${far}/destinations`);
    }
    await admin.locator('summary').filter({ hasText: 'Pause' }).click();
    await admin.getByRole('button', { name: 'until I resume it' }).click();
    await admin.getByRole('button', { name: 'Resume' }).waitFor();
    await viewer.reload();
    await viewer
      .getByText(/^Paused .* by admin token/)
      .first()
      .waitFor();
    assert.equal(await viewer.getByRole('button', { name: 'Resume' }).count(), 0);
    await picture(viewer, 'viewer');
    await viewer.goto('audit');
    await viewer.getByRole('row').filter({ hasText: 'pause' }).filter({ hasText: 'admin token' }).waitFor();
    await admin.getByRole('button', { name: 'Resume' }).click();
    await admin
      .getByText(/goes on/)
      .first()
      .waitFor();
  });

  await t.test('a session that is over leads to the form, and from there back', async () => {
    const page = await window();
    await page.goto('rules');
    await logIn(page, ADMIN);
    await page.waitForURL(`${far}/rules`);
    using store = new DatabaseSync(join(dir, 'tidings.db'));
    store.exec('UPDATE sessions SET expires_at = 1');
    await page.getByRole('link', { name: 'Destinations' }).click();
    await page.getByLabel('token').waitFor();
    assert.deepEqual(await axeFindings(page), []);
    await logIn(page, ADMIN);
    await page.waitForURL(`${far}/destinations`);
  });

  await t.test('a cookie that somebody copied opens nothing once its owner has logged out', async () => {
    const page = await window();
    await page.goto('./');
    await logIn(page, ADMIN);
    await page.waitForURL(`${far}/`);
    const copied = await page.context().cookies();
    const thief = await window();
    await thief.context().addCookies(copied);
    await thief.goto('destinations');
    isAt(thief, far, '/destinations');
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL(`${far}/login`);
    await thief.goto('events/1');
    assert.equal(new URL(thief.url()).pathname, '/tidings/login');
  });

  await t.test('whatever an address says of where to go on, it is a page of ours', async () => {
    for (const next of ['//evil.test/', 'https://evil.test/', '/\\evil.test', '/tidings/..//evil.test']) {
      const page = await window();
      await page.goto(`login?next=${encodeURIComponent(next)}`);
      await logIn(page, VIEWER);
      await page.getByRole('navigation', { name: 'Pages' }).or(page.getByRole('heading')).first().waitFor();
      assert.ok(page.url().startsWith(`${far}/`), page.url());
    }
  });

  await t.test('tokens are tried ever more slowly', async () => {
    const page = await window();
    await page.goto('login');
    for (let tried = 0; tried < 5; tried++) {
      await logIn(page, `wrong ${tried}`);
      await page.getByText(/neither the admin token nor the viewer token/).waitFor();
    }
    await logIn(page, ADMIN);
    await page.getByText(/Too many wrong tokens came from your address\. Wait \d+ s\./).waitFor();
    assert.deepEqual(await axeFindings(page), []);
    await picture(page, 'login-slowed');
  });

  await t.test('another token puts everybody out whom the old one let in', async () => {
    const near = `http://localhost:${server.port}/tidings`;
    const page = await window(near);
    const { stdout } = await run('dashboard', '--print');
    await page.goto(stdout.trim());
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    await server.stop();
    const restarted = await serverInProcess('start', dir, { ...env, ADMIN_TOKEN: NEXT_ADMIN });
    endsOf(t).defer(async () => void (await restarted.stop()));
    await page.getByRole('link', { name: 'Rules' }).click();
    await logIn(page, ADMIN);
    await page.getByText(/neither the admin token nor the viewer token/).waitFor();
    await logIn(page, NEXT_ADMIN);
    await page.waitForURL(`${near}/rules`);
  });
});
