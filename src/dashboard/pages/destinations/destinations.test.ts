import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failing, NOW, visited } from '../../../../tests/support/visited.ts';
import type { Lane, Lanes } from '../../../http/api/answers/lanes.ts';

function lane(more: Partial<Lane> = {}): Lane {
  return {
    name: 'team',
    type: 'slack',
    where: 'bot in #releases',
    mood: 'good',
    says: 'Everything was told.',
    next: null,
    command: null,
    waiting: 0,
    cards_behind: 0,
    oldest_received_at: null,
    last_sent_at: new Date(NOW - 180_000).toISOString(),
    paused_until: null,
    failures: 0,
    broken: null,
    held: null,
    pace_ms: 1_020,
    digest_over: 2,
    concurrency: 1,
    served_by: 'host-1:42',
    can_test: true,
    ...more,
  };
}

const BROKEN = lane({
  name: 'back end',
  mood: 'bad',
  says: 'Nothing can arrive: not_in_channel.',
  next: 'Invite the app.',
  command: "resume 'back end'",
  waiting: 37,
  oldest_received_at: new Date(NOW - 600_000).toISOString(),
  broken: { since: new Date(NOW).toISOString(), reason: 'not_in_channel' },
});

function lanes(...all: readonly Lane[]): { 'GET /lanes': Lanes } {
  return { 'GET /lanes': { lanes: [...all], undecided: { waiting: 0, oldest_received_at: null } } };
}

test('what is wrong comes first, with what to do, and a link to what waits', async () => {
  const { get } = visited(lanes(lane(), BROKEN), { base: '/tidings' });
  const html = await (await get('/destinations')).text();
  assert.ok(html.indexOf('back end') < html.indexOf('team'), 'the broken one is first');
  assert.match(html, /Invite the app\./);
  assert.match(html, /href="\/tidings\/\?q=to%3A%22back\+end%22\+state%3Awaiting"/);
  assert.match(html, /action="\/tidings\/destinations\/back%20end\/resume"/);
  assert.match(html, /2 destinations\. 37 messages wait\./);
});

test('whoever may only look gets no button that changes anything', async () => {
  const { get } = visited(lanes(lane({ waiting: 3 }), BROKEN), { role: 'viewer' });
  const html = await (await get('/destinations')).text();
  assert.doesNotMatch(html, /destinations\/[^"]+\/(?:pause|resume|test|drain)/);
});

test('a pause is asked of the API, and what came of it is said on the page that follows', async () => {
  const page = visited({
    ...lanes(lane()),
    'POST /lanes/team/pause': (body: { for?: string }) => ({ changed: true, says: `team is paused for ${body.for}.` }),
  });
  const done = await page.post('/destinations/team/pause', { for: '2h' });
  assert.equal(done.status, 303);
  assert.deepEqual(page.asked.at(-1), { method: 'POST', path: '/lanes/team/pause', body: { for: '2h' } });
  const to = new URL(done.headers.get('location') ?? '', 'http://localhost');
  assert.equal(to.hash, '#lane-team');
  assert.match(await (await page.get(to.pathname + to.search)).text(), /team is paused for 2h\./);
});

test('until somebody resumes it: no time is asked for', async () => {
  const page = visited({ 'POST /lanes/team/pause': { changed: true, says: 'paused' } });
  await page.post('/destinations/team/pause', { for: '' });
  assert.deepEqual(page.asked.at(-1)?.body, {});
});

test('what was done is said only by this session, only for a minute, and never by a link of somebody else', async () => {
  const answers = { ...lanes(lane()), 'POST /lanes/team/resume': { changed: true, says: 'It goes on.' } };
  const done = await visited(answers).post('/destinations/team/resume');
  const { pathname, search } = new URL(done.headers.get('location') ?? '', 'http://localhost');
  const shown = async (path: string, options = {}) => (await visited(answers, options).get(path)).text();
  assert.match(await shown(pathname + search), /It goes on\./);
  assert.doesNotMatch(await shown(pathname + search, { csrf: 'of another session' }), /It goes on\./);
  assert.doesNotMatch(await shown(pathname + search, { now: NOW + 61_000 }), /It goes on\./);
  const forged = Buffer.from(JSON.stringify([NOW, 'bad', 'Call 555 now'])).toString('base64url');
  for (const signature of ['', '.', '.AAAA', search.slice(search.indexOf('.'))]) {
    const answer = await visited(answers).get(`/destinations?did=${forged}${signature}`);
    assert.equal(answer.status, 200);
    assert.doesNotMatch(await answer.text(), /555/);
  }
});

test('a form of another session changes nothing', async () => {
  const page = visited({ 'POST /lanes/team/test': { outcome: 'sent', says: 'sent', took_ms: 1 } });
  for (const what of ['pause', 'resume', 'test', 'drain']) {
    const answer = await page.post(`/destinations/team/${what}`, { csrf: 'another' });
    assert.equal(answer.status, 403);
  }
  assert.deepEqual(page.asked, []);
});

test('what waits is given up in two steps: how many, and then the button', async () => {
  const says = '37 messages wait for team.';
  const page = visited({ 'POST /lanes/team/drain': (body: object) => ({ ...body, count: 37, says }) });
  const html = await (await page.get('/destinations/team/drain')).text();
  assert.match(html, /Give up 37 messages/);
  assert.deepEqual(page.asked.at(-1)?.body, { dry_run: true });
  await page.post('/destinations/team/drain');
  assert.deepEqual(page.asked.at(-1)?.body, { dry_run: false });
});

test('what could not be done is said, with its status', async () => {
  const page = visited({ 'POST /lanes/team/test': failing(429, 'One test message in 10 s is enough.') });
  const answer = await page.post('/destinations/team/test');
  assert.equal(answer.status, 429);
  assert.match(await answer.text(), /One test message in 10 s is enough\./);
});

test('a destination with an impossible name stays text, and its address one of this page', async () => {
  const name = '../../login?"><script>alert(1)</script>#\u202e';
  const { get } = visited(lanes(lane({ name, where: name, says: name, waiting: 1 })));
  const html = await (await get('/destinations')).text();
  assert.doesNotMatch(html, /<script>alert/);
  for (const [, action] of html.matchAll(/action="([^"]*)"/g)) {
    assert.match(action ?? '', /^\/(?:destinations\/\.\.%2F[^/]*\/\w+|logout)$/);
  }
});
