import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axeFindings, endsOf, open, picture, type Stage, stage, widthOver } from './stage.ts';

const ADMIN_TOKEN = 'an-admin-token-for-this-test';
const VIEWER_TOKEN = 'a-viewer-token-for-this-test';
/** What a browser says of answers that are refusals. */
const REFUSED = [/status of 4\d\d/, /Cross-Origin-Opener-Policy header has been ignored/];

/** Behind a name that is not this machine's, without TLS: as in a house's own network. */
async function elsewhere(t: TestContext): Promise<Stage & { readonly far: string }> {
  const place = await stage(t, null, { ADMIN_TOKEN, VIEWER_TOKEN, LOOPBACK_OPEN: 'false' });
  return { ...place, far: `http://ops.test:${place.server.port}` };
}

async function logIn(page: Page, token: string): Promise<void> {
  await page.getByLabel('token').fill(token);
  await page.getByRole('button', { name: 'Log in' }).click();
}

test('who comes to an event without being known logs in, and is there', async (t) => {
  const { far, send } = await elsewhere(t);
  await send('issues.opened');
  const page = await open(t, far, {}, REFUSED);
  await page.goto('/events/1');
  assert.equal(new URL(page.url()).pathname, '/login');
  assert.deepEqual(await axeFindings(page), []);
  await picture(page, 'login');
  await logIn(page, 'a wrong one');
  await page.getByText('neither the admin token nor the viewer token').waitFor();
  assert.deepEqual(await axeFindings(page), []);
  await picture(page, 'login-wrong');
  await logIn(page, ADMIN_TOKEN);
  await page.waitForURL(`${far}/events/1`);
});

test('logging out ends it in every window', async (t) => {
  const { far } = await elsewhere(t);
  const page = await open(t, far, {}, REFUSED);
  await page.goto('/');
  await logIn(page, VIEWER_TOKEN);
  await page.waitForURL(`${far}/`);
  const other = await page.context().newPage();
  await other.goto(far);
  assert.equal(other.url(), `${far}/`);
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(`${far}/login`);
  await other.reload();
  assert.equal(new URL(other.url()).pathname, '/login');
  await page.goBack();
  assert.equal(new URL(page.url()).pathname, '/login', 'nothing is shown out of the cache');
});

test('the address that `dashboard` prints opens it without a token to type, once', async (t) => {
  const { url, run } = await elsewhere(t);
  const { code, stdout } = await run('dashboard');
  assert.match(stdout, /^http:\/\/localhost:\d+\/login\?code=[\w-]{51}\n$/);
  assert.equal(code, 0);
  const page = await open(t, url, {}, REFUSED);
  await page.goto(stdout.trim());
  await page.waitForURL(`${url}/`);
  const again = await open(t, url, {}, REFUSED);
  await again.goto(stdout.trim());
  await again.getByText('This code was used already').waitFor();
});

test('without scripts a button opens it', async (t) => {
  const { url, run } = await elsewhere(t);
  const { stdout } = await run('dashboard', '--print');
  const page = await open(t, url, { javaScriptEnabled: false });
  await page.goto(stdout.trim());
  await picture(page, 'login-code');
  await page.getByRole('button', { name: 'Open the dashboard' }).click();
  await page.waitForURL(`${url}/`);
});

test('who follows a link on another site is still logged in', async (t) => {
  const { url, send } = await elsewhere(t);
  await send('issues.opened');
  const chat = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(`<a href="${url}/events/1">why?</a>`);
  });
  chat.listen(0, '127.0.0.1');
  await once(chat, 'listening');
  endsOf(t).defer(async () => chat.close().closeAllConnections());
  const page = await open(t, url, {}, [...REFUSED, /./]);
  await page.goto('/');
  await logIn(page, ADMIN_TOKEN);
  await page.waitForURL(`${url}/`);
  const window = await page.context().newPage();
  await window.goto(`http://chat.test:${(chat.address() as AddressInfo).port}/`);
  await window.getByText('why?').click();
  // What stands only on pages inside.
  await window.getByRole('navigation', { name: 'Pages' }).waitFor();
  assert.equal(window.url(), `${url}/events/1`);
});

test('the form fits a telephone, in the dark too', async (t) => {
  const { far } = await elsewhere(t);
  const page = await open(t, far, { viewport: { width: 360, height: 640 }, colorScheme: 'dark' }, REFUSED);
  await page.goto('/login');
  assert.equal(await widthOver(page), 0);
  assert.deepEqual(await axeFindings(page), []);
  await picture(page, 'login-dark');
});
