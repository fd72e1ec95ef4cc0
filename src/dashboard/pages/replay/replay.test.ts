import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSummary, aVisit, CSRF, VISIT_NOW } from '../../../../tests/support/a-visit.ts';
import { createDashboard } from '../../dashboard.ts';
import { replayPath } from '../../parts/replay-link.ts';

const app = createDashboard({ now: () => VISIT_NOW, monotonic: () => 0, after: () => () => undefined });
const PLAN = { count: 2, is_more: false, gone: 1, sample: [aSummary(3, 'x')], says: 'Two.', command: 'replay 3' };

/** The page of a plan, and what its form would send. */
async function planned(path: string) {
  const { visit, asked } = aVisit({ 'POST /replays': PLAN });
  const response = await app.request(path, {}, { visit });
  const html = await response.text();
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const form = new URLSearchParams();
  for (const [, name = '', value = ''] of fields) form.append(name, value.replaceAll('&quot;', '"'));
  return { status: response.status, html, form, body: asked.find(({ path }) => path === '/replays')?.body };
}

async function sent(form: URLSearchParams, answer: unknown = { id: 'r 1' }) {
  const { visit, asked } = aVisit({ 'POST /replays': { status: 202, body: answer } });
  const response = await app.request('/replay', { method: 'POST', body: form }, { visit });
  return { response, body: asked.find(({ path }) => path === '/replays')?.body };
}

test('the plan is asked for without doing anything, and its button does just that', async () => {
  const { html, form, body } = await planned(replayPath({ ids: [3, 4] }));
  assert.deepEqual(body, { selection: { ids: [3, 4] }, dry_run: true });
  assert.match(html, /Replay 2 events\?/);
  assert.match(html, /1 event left out/);
  const { response, body: done } = await sent(form);
  assert.deepEqual(done, { selection: { ids: [3, 4] }, dry_run: false });
  assert.deepEqual([response.status, response.headers.get('location')], [303, '/replays/r%201']);
});

test('the inbox names events one by one, and no more than 500', async () => {
  assert.deepEqual((await planned('/replay?id=3&id=x&id=3&id=-1&id=5')).body, {
    selection: { ids: [3, 5] },
    dry_run: true,
  });
  const many = Array.from({ length: 600 }, (_, i) => `id=${i + 1}`).join('&');
  assert.equal(((await planned(`/replay?${many}`)).body as { selection: { ids: number[] } }).selection.ids.length, 500);
});

test('all that match are those of the plan: a span and the end stay where they were', async () => {
  const { form, body } = await planned(replayPath({ q: 'state:dead since:2h refund' }));
  const since = '2030-01-31T10:30:00.000Z';
  assert.deepEqual(body, { selection: { filter: { state: 'dead', since, text: 'refund' } }, dry_run: true });
  const until = '2030-01-31T12:30:00.000Z';
  assert.deepEqual((await sent(form)).body, {
    selection: { filter: { state: 'dead', since, until, text: 'refund' } },
    dry_run: false,
  });
});

test('messages that did not arrive are named by their cause', async () => {
  const asked = replayPath({ untold: 'dead', destination: 'team', cause: 'not_in_channel' });
  const messages = { state: 'dead', destination: 'team', cause: 'not_in_channel' };
  const { form, body } = await planned(asked);
  assert.deepEqual(body, { selection: { messages }, dry_run: true });
  assert.deepEqual((await sent(form)).body, { selection: { messages }, dry_run: false });
});

test('a form that was not made here does nothing', async () => {
  for (const csrf of ['', 'guessed']) {
    const { response, body } = await sent(new URLSearchParams({ ids: '3', csrf }));
    assert.deepEqual([response.status, body], [403, undefined]);
  }
  const { response } = await sent(new URLSearchParams({ csrf: CSRF }));
  assert.equal(response.status, 400, 'nothing is named');
});

test('nothing to replay, and a line that cannot be read, are said', async () => {
  assert.equal((await planned('/replay')).status, 400);
  assert.equal((await planned('/replay?all=1&q=state:lost')).status, 400);
  const { visit } = aVisit({
    'POST /replays': { status: 403, body: { error: { code: 'x', message: 'Looks only.' } } },
  });
  const refused = await app.request('/replay?ids=3', {}, { visit });
  assert.equal(refused.status, 403);
  assert.match(await refused.text(), /Looks only\./);
});
