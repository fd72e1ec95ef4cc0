import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { dataDir } from '../support/data-dir.ts';
import { deliver, delivery } from '../support/github.ts';
import { FULL, tried } from '../support/long-form.ts';
import { runServer } from '../support/tidings-process.ts';
import { endsOf, open, picture, stage } from './stage.ts';

const MANY = FULL ? 10_000 : 1_500;
/** What a browser says of a receiver that is away. */
const AWAY = [/net::ERR_/];

/** So many deliveries that no rule asks for, fifty at a time; the last one's id. */
async function arrive(url: string, count: number): Promise<number> {
  let last = 0;
  for (let left = count; left > 0; left -= 50) {
    const some = Array.from({ length: Math.min(50, left) }, (_, n) =>
      deliver(url, delivery('milestone', { action: 'edited', n, repository: { full_name: 'acme/api' } })),
    );
    for (const { body } of await Promise.all(some)) last = Math.max(last, body.id ?? 0);
  }
  return last;
}

const rowOf = (page: Page, id: number) => page.locator(`#e${id}`);
const news = (page: Page) => page.locator('[data-news]');
const rows = (page: Page) => page.locator('#rows tr');
const scrolled = (page: Page) => page.evaluate<number>('scrollY');

async function isLive(page: Page): Promise<void> {
  await page.locator('[data-live]', { hasText: /^Live$/ }).waitFor();
}

/** As if another tab lay over it, or no longer. */
async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${hidden} });
    document.dispatchEvent(new Event('visibilitychange'));
  `);
}

test('the inbox is live', async (t) => {
  const { url } = await stage(t);
  await t.test('a tab that nobody sees is not connected, and has missed nothing once it is seen', async (each) => {
    const seen = await open(each, url);
    await seen.goto('/');
    await isLive(seen);
    const hidden = await seen.context().newPage();
    await hidden.goto('/');
    const first = await arrive(url, 1);
    await rowOf(seen, first).waitFor();
    await rowOf(hidden, first).waitFor();
    await hide(hidden, true);
    await hidden.getByText('Paused', { exact: true }).waitFor();
    const second = await arrive(url, 1);
    await rowOf(seen, second).waitFor();
    assert.equal(await rowOf(hidden, second).count(), 0);
    await hide(hidden, false);
    await rowOf(hidden, second).waitFor();
    await isLive(hidden);
  });
  await t.test('what arrives between the page and its connection is shown', async (each) => {
    const page = await open(each, url);
    const arrived = Promise.withResolvers<number>();
    await page.route('**/events/stream*', async (route) => {
      arrived.resolve(await arrive(url, 1));
      await route.continue();
    });
    await page.goto('/');
    await rowOf(page, await arrived.promise).waitFor();
  });
  await t.test('rows wait while somebody reads, and nothing moves', (each) => somebodyReads(each, url));
  await t.test('thousands arrive while somebody reads, and in a tab that is slow', (each) => thousands(each, url));
});

async function somebodyReads(t: TestContext, url: string): Promise<void> {
  const last = await arrive(url, 37);
  const page = await open(t, url, { viewport: { width: 1_000, height: 500 } });
  await page.goto('/');
  await isLive(page);
  const count = await rows(page).count();

  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const at = await scrolled(page);
  await arrive(url, 7);
  await newsSay(page, '7 new');
  await picture(page, 'inbox-news');
  assert.equal(await focusedRow(page), `e${last - 1}`);
  assert.equal(await scrolled(page), at);
  assert.equal(await rows(page).count(), count);
  await page.locator('#said', { hasText: /new event/ }).waitFor({ state: 'attached' });

  // By the keyboard alone: back to the button, and on at the top of the list.
  await news(page).focus();
  await page.keyboard.press('Enter');
  await rowOf(page, last + 7).waitFor();
  await news(page).waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate('document.activeElement.matches("section.inbox")'), true);

  // Who has marked a text to copy it keeps it; who stops reading gets the rows without asking.
  await page.evaluate(`getSelection().selectAllChildren(document.querySelector("#e${last} .about"))`);
  const marked = await page.evaluate('getSelection().toString()');
  await arrive(url, 1);
  await newsSay(page, '1 new');
  assert.equal(await page.evaluate('getSelection().toString()'), marked);
  await page.evaluate('getSelection().removeAllRanges()');
  await rowOf(page, last + 8).waitFor();

  await page.evaluate(`document.querySelector("#e${last - 20}").scrollIntoView()`);
  const lower = await scrolled(page);
  assert.ok(lower > 0);
  await arrive(url, 2);
  await newsSay(page, '2 new');
  assert.equal(await scrolled(page), lower);
  assert.ok(((await news(page).boundingBox())?.y ?? -1) >= 0, 'also there it is said');
  await picture(page, 'inbox-news-below');
}

async function newsSay(page: Page, text: string): Promise<void> {
  await page.locator('[data-news]', { hasText: new RegExp(`^${text}$`) }).waitFor({ state: 'attached' });
}

async function thousands(t: TestContext, url: string): Promise<void> {
  const page = await open(t, url);
  await page.goto('/');
  await isLive(page);
  const slow = await open(t, url);
  const cdp = await slow.context().newCDPSession(slow);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 12 });
  await slow.goto('/');
  await isLive(slow);

  await page.keyboard.press('j');
  const [first, count] = [await focusedRow(page), await rows(page).count()];
  await page.evaluate(`
    globalThis.heard = [];
    new MutationObserver(() => heard.push(performance.now())).observe(document.querySelector('#said'), { childList: true });
  `);
  const before = await heap(page);
  const last = await arrive(url, MANY);
  await newsSay(page, `${MANY.toLocaleString('en')} new`);
  const grown = (await heap(page)) - before;
  assert.ok(grown < 4e6, `${grown} bytes more`);
  assert.deepEqual([await focusedRow(page), await rows(page).count()], [first, count]);
  const gaps = await page.evaluate<number[]>('heard.slice(1).map((each, index) => each - heard[index])');
  const isCalm = gaps.every((each) => each >= 9_000);
  assert.ok(isCalm, `who hears the page was interrupted after ${gaps.join(', ')} ms`);

  // It still does what keys say.
  await page.keyboard.press('j');
  assert.notEqual(await focusedRow(page), first);
  await news(page).click();
  for (const each of [page, slow]) {
    await rowOf(each, last).waitFor();
    assert.equal(await rows(each).count(), 50);
    assert.equal(await rows(each).first().getAttribute('id'), `e${last}`);
  }
  tried(t, MANY, 'events under an open page');
}

const focusedRow = (page: Page) => page.evaluate<string>('document.activeElement.closest("tr")?.id ?? ""');

/** Bytes of objects that are still in use. */
async function heap(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return usedSize;
}

test('a receiver that restarts, or dies, under an open page: it says so, comes back, and nothing is missed', async (t) => {
  const dir = await dataDir();
  endsOf(t).use(dir);
  let server = await runServer('start', dir.path);
  endsOf(t).defer(async () => void (await server.stop()));
  const { port, url } = server;
  const page = await open(t, `http://localhost:${port}`, {}, AWAY);
  await page.goto('/');
  await isLive(page);
  await page.evaluate('globalThis.isThisPage = true');
  await rowOf(page, await arrive(url, 1)).waitFor();

  await server.stop();
  await page.getByText('Not connected: trying again…').waitFor();
  await picture(page, 'inbox-away');
  server = await runServer('start', dir.path, { PORT: String(port) });
  const next = await arrive(url, 3);
  for (const id of [next, next - 1, next - 2]) await rowOf(page, id).waitFor();
  await isLive(page);

  // Somebody reads meanwhile: then it waits as what comes live does.
  await page.keyboard.press('j');
  await server.kill();
  await page.getByText('Not connected: trying again…').waitFor();
  server = await runServer('start', dir.path, { PORT: String(port) });
  const last = await arrive(url, 2);
  await newsSay(page, '2 new');
  await news(page).click();
  await rowOf(page, last).waitFor();
  assert.equal(await rows(page).count(), 6);
  assert.equal(await page.evaluate('globalThis.isThisPage'), true, 'nobody had to reload it');
});
