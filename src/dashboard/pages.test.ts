import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { HOSTILE, LONG } from '../../tests/golden/hostile.ts';
import { anExplanation, aRecord, aSummary, aVisit, somePreviews, VISIT_NOW } from '../../tests/support/a-visit.ts';
import type { Visit } from '../http/visit.ts';
import { createDashboard } from './dashboard.ts';

const TEXTS = [
  ...HOSTILE,
  ...LONG.map((each) => each.slice(0, 3_000)),
  '<script>alert(1)</script><img src=x onerror=alert(2)>',
  `"' onmouseover=alert(3) x="`,
  '</title><svg onload=alert(4)>',
  'javascript:alert(5)',
  'data:text/html,<script>alert(6)</script>',
  '</template></table></details><style>*{display:none}</style>',
];

const app = createDashboard({ now: () => VISIT_NOW, monotonic: () => 0, after: () => () => undefined });

async function page(path: string, visit: Visit): Promise<string> {
  const response = await app.request(path, {}, { visit });
  assert.equal(response.status, 200, path);
  return response.text();
}

/** What an API of which every text is `text` is asked for. */
function answers(text: string) {
  return {
    'GET /events': { events: [aSummary(3, text), aSummary(2, text, { destinations: [] })], next: null },
    'GET /events/3': aRecord(3, text),
    'GET /events/3/explanation': anExplanation(3, text),
    'GET /events/3/preview': somePreviews(3, text),
    'POST /replays': { count: 1, is_more: false, gone: 0, sample: [aSummary(3, text)], says: text, command: text },
  };
}

const PATHS = ['/', '/events/3', '/events/3?raw=1', '/replay?ids=3'];

/** Which elements stand in it, with the names of their attributes: nothing of what they hold. */
function bones(html: string): string {
  const tags = html.match(/<!?\/?[a-zA-Z][^\s>/]*(?:\s+[^\s=>"'/]+(?:="[^"]*")?|\s+\/|\/)*\s*>/g) ?? [];
  return tags.map((tag) => tag.replaceAll(/="[^"]*"/g, '')).join('');
}

for (const path of PATHS) {
  test(`${path}: what others wrote is text, whatever they wrote`, async () => {
    for (const text of TEXTS) {
      const html = await page(path, aVisit(answers(text)).visit);
      // An element or an attribute more than its text of plain words would make has come out of the text.
      const plain = await page(path, aVisit(answers('w'.repeat(Math.max(1, text.length)))).visit);
      // Where the text is no address there is no link, in both.
      assert.equal(bones(html), bones(plain), JSON.stringify(text.slice(0, 60)));
      assert.doesNotMatch(html, /href="(?:javascript|data):/i);
      assert.doesNotMatch(html, / style="/, 'a policy without inline styles would drop it');
    }
  });
}

test('nothing that turns a line around, or rings, is sent as it came', async () => {
  for (const path of PATHS) {
    const html = await page(path, aVisit(answers('a\u202Eb\u2066c\u0000d\u001B[2Je')).visit);
    // A title has no markup, and no line to turn around; `data-k` is copied, and never shown.
    assert.doesNotMatch(
      html.replaceAll(/<title>[^]*?<\/title>| data-k="[^"]*"/g, ''),
      /[\u202A-\u202E\u2066-\u2069]/,
      path,
    );
  }
});

test('links lead out by http and https alone, and tell nobody from where', async () => {
  const html = await page('/events/3', aVisit(answers('https://example.org/a?b=1&c="')).visit);
  const out = [...html.matchAll(/<a [^>]*href="https?:[^>]*>/g)].map(([tag]) => tag);
  assert.ok(out.length > 0);
  for (const tag of out) assert.match(tag, /rel="noreferrer noopener"/);
});

test('every address of a page begins with the prefix', async () => {
  for (const path of PATHS) {
    const html = await page(path, aVisit(answers('x'), { base: '/tidings' }).visit);
    const addresses = [...html.matchAll(/(?:href|src|action|data-stream)="([^"#]*)/g)].map(([, at = '']) => at);
    assert.ok(addresses.length > 5);
    assert.deepEqual(
      addresses.filter((at) => at !== '' && !at.startsWith('/tidings/')),
      [],
      path,
    );
  }
});

test('what the API does not answer is left out, and the rest is shown', async () => {
  const { 'GET /events': list, 'GET /events/3': record } = answers('plain');
  const inbox = await page('/', aVisit({ 'GET /events': list }).visit);
  assert.match(inbox, /id="e3"/);
  assert.doesNotMatch(inbox, /class="strip"/);
  const event = await page('/events/3', aVisit({ 'GET /events/3': record }).visit);
  assert.match(event, /What happened/);
  assert.match(event, /What came in/);
  const failing = { status: 503, body: { error: { code: 'unavailable', message: 'The database <does> not answer.' } } };
  assert.match(await page('/', aVisit({ 'GET /events': failing }).visit), /The database &lt;does&gt; not answer\./);
});

test('whoever may only look is offered nothing that changes something', async () => {
  const { visit } = aVisit(answers('plain'), { role: 'viewer' });
  for (const path of ['/', '/events/3']) {
    const html = await page(path, visit);
    assert.doesNotMatch(html, /type="checkbox" name="id"|\/replay\?|method="post"/, path);
    assert.match(html, /read only/);
  }
});

test('the title counts what is wrong', async () => {
  const status = { problems: 2, mood: 'bad', says: 'x', version: '1', invocation: 'npx tidings', role: 'admin' };
  const figures = {
    received_last_hour: 1_204,
    told_last_hour: 3,
    waiting: 0,
    oldest_received_at: null,
    last_event_id: 3,
  };
  const html = await page('/', aVisit({ ...answers('x'), 'GET /status': { ...status, ...figures } }).visit);
  assert.match(html, /<title>\(2\) Inbox · Tidings<\/title>/);
  assert.match(html, />1,204</);
});

test('what is not there is said, with its status', async () => {
  const { visit } = aVisit({});
  for (const path of ['/events/77', '/nowhere', '/events/x']) {
    const response = await app.request(path, {}, { visit });
    assert.equal(response.status, 404, path);
    assert.match(await response.text(), /<h1>/);
  }
});

test('a page comes compressed to whoever takes it, and is the same', async () => {
  const { visit } = aVisit(answers('words'));
  const headers = { 'accept-encoding': 'gzip, deflate, br, zstd' };
  const response = await app.request('/', { headers }, { visit });
  assert.equal(response.headers.get('content-encoding'), 'gzip');
  assert.equal(response.headers.get('vary'), 'Accept-Encoding');
  const bytes = Buffer.from(await response.arrayBuffer());
  assert.equal(gunzipSync(bytes).toString(), await page('/', visit));
});
