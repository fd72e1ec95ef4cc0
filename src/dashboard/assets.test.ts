import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { aVisit } from '../../tests/support/a-visit.ts';
import { ago } from '../shared/time-words.ts';
import { assetPath } from './assets.ts';
import { createDashboard } from './dashboard.ts';
import { titleOf } from './pages/inbox/rows.ts';
import { cut, visible } from './parts/html.ts';
import { standingOf } from './parts/standing.ts';

const FOLDER = new URL('./assets/', import.meta.url);
const app = createDashboard();
const ask = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers }, aVisit({}));

test('an asset is kept for ever by what it holds, and compressed for who takes that', async () => {
  const path = assetPath('style.css');
  const plain = await ask(path);
  assert.equal(plain.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(plain.headers.get('content-type'), 'text/css; charset=utf-8');
  const text = await plain.text();
  assert.equal(text, readFileSync(new URL('style.css', FOLDER), 'utf8'));
  const open = { br: brotliDecompressSync, gzip: gunzipSync };
  for (const [accepted, coding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
  ] as const) {
    const answer = await ask(path, { 'accept-encoding': accepted });
    assert.equal(answer.headers.get('content-encoding'), coding, accepted);
    assert.equal(answer.headers.get('vary'), 'Accept-Encoding');
    assert.equal(open[coding](Buffer.from(await answer.arrayBuffer())).toString(), text);
  }
  assert.equal((await ask(path, { 'accept-encoding': 'br;q=0.0' })).headers.get('content-encoding'), null);
});

test('who has it already is told so; a page of before a restart gets what there is, and must ask again', async () => {
  const path = assetPath('page.js');
  const etag = (await ask(path)).headers.get('etag') ?? '';
  const again = await ask(path, { 'if-none-match': etag });
  assert.deepEqual([again.status, await again.text()], [304, '']);
  const old = await ask('/assets/0000000000000000/page.js');
  assert.deepEqual([old.status, old.headers.get('cache-control')], [200, 'no-cache']);
});

test('no path leads out of the folder, and only its own kinds are served', async () => {
  for (const name of [
    'tsconfig.json',
    '..%2Fassets.ts',
    '%2e%2e%2fassets.ts',
    'nothing.js',
    'constructor',
    '__proto__',
  ]) {
    assert.equal((await ask(`/assets/x/${name}`)).status, 404, name);
  }
});

test('modules import one another by names that are there, and nothing names another host', () => {
  const names = readdirSync(FOLDER);
  for (const name of names.filter((each) => /\.(?:js|css|svg)$/.test(each))) {
    const text = readFileSync(new URL(name, FOLDER), 'utf8');
    for (const [, from = ''] of text.matchAll(/from '([^']+)'/g))
      assert.ok(names.includes(from.replace('./', '')), `${name}: ${from}`);
    const hosts = [...text.matchAll(/https?:\/\/[^\s'"`)]+/g)]
      .map(([at]) => at)
      .filter((at) => at !== 'http://www.w3.org/2000/svg');
    assert.deepEqual(hosts, [], name);
    assert.doesNotMatch(text, /innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/, name);
  }
});

test('the browser words and cuts things as the server does', async () => {
  const same = (await import(new URL('same.js', FOLDER).href)) as {
    ago: typeof ago;
    cut: typeof cut;
    visible: typeof visible;
    standingOf: typeof standingOf;
    titleOf: typeof titleOf;
  };
  for (const about of [null, '', ' \u2800\u3164', '\u200B', '#12 Uploads fail', '\u202Ex']) {
    assert.equal(same.titleOf({ id: 7, about }), titleOf({ id: 7, about }));
  }
  for (const ms of [0, 999, 59_999, 60_000, 3_599_999, 3_600_000, 47 * 36e5, 48 * 36e5, 1e10, -5]) {
    assert.equal(same.ago(0, ms), ago(0, ms));
  }
  for (const text of ['', 'plain', 'a\u202Eb\u0000c\u009B\uFEFF\t\n', '👩‍👩‍👧‍👦'.repeat(9), '\uD800'.repeat(40)]) {
    assert.equal(same.visible(text), visible(text));
    for (const most of [1, 7, 8, 30]) assert.equal(same.cut(text, most), cut(text, most));
  }
  const none = { told: 0, waiting: 0, held: 0, unknown: 0, dead: 0 };
  for (const state of ['pending', 'routed', 'skipped', 'failed', 'quarantined'] as const) {
    for (const fate of ['told', 'waiting', 'held', 'unknown', 'dead', null] as const) {
      const event = { state, fates: fate === null ? none : { ...none, told: 1, [fate]: 2 } };
      assert.equal(same.standingOf(event), standingOf(event));
    }
  }
});
