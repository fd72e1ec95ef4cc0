import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { chromium } from '../support/browser.ts';
import { openInbox } from '../support/data-dir.ts';
import { endsOf, stage } from './stage.ts';

/** Whoever made this page wants what is behind `target`, in the browser of somebody who may have it. */
async function attacker(t: TestContext, html: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html>${html}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endsOf(t).defer(async () => server.close().closeAllConnections());
  return `http://evil.test:${(server.address() as AddressInfo).port}/`;
}

async function window(t: TestContext) {
  const context = await (await chromium()).newContext();
  endsOf(t).defer(() => context.close());
  return context.newPage();
}

const READS = ['/', '/events/1', '/api/v1/events', '/api/v1/events/1', '/api/v1/rules', '/readyz', '/metrics'];

test('a page of another origin reads nothing', async (t) => {
  const { url, send } = await stage(t);
  await send('issues.opened');
  const page = await window(t);
  await page.goto(await attacker(t, '<p>hello</p>'));
  for (const path of READS) {
    const seen = await page.evaluate(async (target) => {
      const ways: RequestInit[] = [{}, { credentials: 'include' }, { mode: 'no-cors', credentials: 'include' }];
      const texts = ways.map(async (way) => (await fetch(target, way)).text().catch(() => ''));
      return (await Promise.allSettled(texts)).map((each) => (each.status === 'fulfilled' ? each.value : ''));
    }, `${url}${path}`);
    assert.deepEqual(seen, ['', '', ''], path);
  }
});

const CHANGES: readonly (readonly [path: string, body: object])[] = [
  ['/lanes/console/pause', {}],
  ['/lanes/console/drain', {}],
  ['/lanes/console/test', {}],
  ['/replays', { selection: { ids: [1] } }],
  ['/problems/dismiss', { selection: { messages: { state: 'dead' } } }],
  ['/setup/sample', {}],
];

test('a page of another origin changes nothing, by whatever form or request', async (t) => {
  const { url, send, dir } = await stage(t);
  await send('issues.opened');
  const page = await window(t);
  await page.goto(await attacker(t, '<p>hello</p>'));
  for (const [path, body] of CHANGES) {
    await page.evaluate(
      async ([target, text]) => {
        const types = ['text/plain', 'application/x-www-form-urlencoded', 'application/json'];
        const sent = types.flatMap((type) =>
          (['no-cors', 'cors'] as const).map((mode) =>
            fetch(target, {
              method: 'POST',
              mode,
              credentials: 'include',
              headers: { 'content-type': type },
              body: text,
            }),
          ),
        );
        await Promise.allSettled(sent);
      },
      [`${url}/api/v1${path}`, JSON.stringify(body)] as const,
    );
  }
  // A form whose only field is the beginning of JSON, sent as plain text: no preflight, and a body that parses.
  for (const [path, body] of CHANGES) {
    const json = JSON.stringify({ ...body, x: 'X' }).replace('X"}', '');
    const field = json.replaceAll('"', '&quot;');
    const form = `<form method="post" enctype="text/plain" action="${url}/api/v1${path}"><input name="${field}" value="&quot;}"></form>`;
    const own = await window(t);
    await own.goto(await attacker(t, form));
    const answered = Promise.race([own.waitForEvent('requestfinished'), own.waitForEvent('requestfailed')]);
    await own.evaluate('document.forms[0].submit()');
    await answered;
  }
  await using inbox = await openInbox(dir);
  assert.deepEqual(await inbox.audited(0, 10), []);
  assert.equal((await inbox.list({ limit: 10 })).length, 1);
});

test('nobody puts it into a frame', async (t) => {
  const { url, send } = await stage(t);
  await send('issues.opened');
  const page = await window(t);
  const frames = ['/', '/rules', '/login'].map((path) => `<iframe src="${url}${path}"></iframe>`).join('');
  await page.goto(await attacker(t, frames));
  await page.waitForLoadState('networkidle');
  for (const frame of page.frames().slice(1)) {
    assert.doesNotMatch(await frame.content(), /Tidings/, frame.url());
  }
});

test('a name that leads to this machine opens nothing', async (t) => {
  const { server, send } = await stage(t);
  await send('issues.opened');
  const page = await window(t);
  for (const path of READS) {
    const answer = await page.goto(`http://rebound.test:${server.port}${path}`);
    assert.doesNotMatch((await answer?.text()) ?? '', /acme/, path);
    assert.ok((answer !== null && answer.status() >= 400) || /\/login/.test(page.url()), path);
  }
});
