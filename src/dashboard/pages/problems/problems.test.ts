import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOW, visited } from '../../../../tests/support/visited.ts';
import type { Problem } from '../../../http/api/answers/problems.ts';

function problem(more: Partial<Problem> = {}): Problem {
  return {
    id: 'dead ops 422',
    kind: 'dead',
    title: 'ops: 422 Unprocessable',
    says: 'The endpoint refused them.',
    fix: 'Mend it, then retry.',
    command: 'replay --state dead --to ops',
    destination: 'ops',
    cause: '422 Unprocessable',
    count: 12,
    is_more: false,
    first_at: new Date(NOW - 7_200_000).toISOString(),
    last_at: new Date(NOW - 60_000).toISOString(),
    event_ids: [9, 8],
    retry: { messages: { state: 'dead', destination: 'ops', cause: '422 Unprocessable' } },
    can_dismiss: true,
    ...more,
  };
}

function problems(...all: readonly Problem[]) {
  return { 'GET /problems': { problems: [...all], unknown: [] } };
}

async function shown(...all: readonly Problem[]): Promise<string> {
  return (await visited(problems(...all)).get('/problems')).text();
}

test('nothing is wrong: one calm sentence', async () => {
  assert.match(await shown(), /Nothing needs you\./);
});

test('one cause, one fix, and the plan of a retry of all of it', async () => {
  const html = await shown(problem());
  assert.match(html, /Mend it, then retry\./);
  assert.match(html, /href="\/replay\?untold=dead&amp;destination=ops&amp;cause=422\+Unprocessable"/);
  assert.match(html, /Retry all 12…/);
  assert.match(html, /href="\/events\/9"/);
});

test('what may stand there already, and what looks forged, is explained before it is sent', async () => {
  assert.match(await shown(problem({ kind: 'unknown' })), /may have arrived or not/);
  const html = await shown(problem({ kind: 'quarantined', retry: { ids: [77] }, count: 1, can_dismiss: false }));
  assert.match(html, /looks forged/);
  assert.match(html, /Release it…/);
  assert.match(html, /href="\/replay\?ids=77"/);
});

test('a filter becomes the line that the inbox asks by', async () => {
  const html = await shown(problem({ retry: { filter: { state: 'failed', source: 'my shop', text: 'refund' } } }));
  assert.match(html, /href="\/replay\?all=1&amp;q=source%3A%22my\+shop%22\+state%3Afailed\+refund"/);
});

test('a broken destination is resumed from here', async () => {
  const html = await shown(problem({ kind: 'broken', retry: null, can_dismiss: false }));
  assert.match(html, /action="\/destinations\/ops\/resume"/);
  const page = visited({ ...problems(), 'POST /lanes/ops/resume': { changed: true, says: 'It goes on.' } });
  const done = await page.post('/destinations/ops/resume', { back: 'problems' });
  const to = done.headers.get('location') ?? '';
  assert.match(to, /^\/problems\?did=/);
  assert.match(await (await page.get(to)).text(), /It goes on\./);
});

test('what is dismissed is what the form names, and nothing that is no form of this page', async () => {
  const page = visited({ ...problems(), 'POST /problems/dismiss': { changed: true, says: '12 dismissed.' } });
  const selection = { messages: { state: 'dead', destination: 'ops' } };
  const done = await page.post('/problems/dismiss', { selection: JSON.stringify(selection) });
  assert.equal(done.status, 303);
  assert.deepEqual(page.asked.at(-1)?.body, { selection });
  assert.equal((await page.post('/problems/dismiss', { selection: '{' })).status, 400);
  assert.equal((await page.post('/problems/dismiss', { csrf: 'another', selection: '{}' })).status, 403);
  assert.equal(page.asked.length, 1);
});

test('whoever may only look gets no button, and texts of others stay texts', async () => {
  const text = '<img src=x onerror=alert(1)>';
  const { get } = visited(problems(problem({ title: text, says: text, fix: text, destination: text })), {
    role: 'viewer',
  });
  const html = await (await get('/problems')).text();
  assert.doesNotMatch(html, /<img/);
  assert.doesNotMatch(html, /problems\/dismiss|\/replay\?/);
});
