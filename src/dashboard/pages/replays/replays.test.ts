import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOW, visited } from '../../../../tests/support/visited.ts';
import type { Replay } from '../../../http/api/answers/replays.ts';

const RUNNING: Replay = {
  id: '0b1e',
  state: 'running',
  total: 1_200,
  done: 431,
  started_at: new Date(NOW - 60_000).toISOString(),
  ended_at: null,
  by: 'admin token',
  says: '431 of 1,200 are done.',
};

test('a replay that runs is followed, with and without JavaScript, and can be cancelled', async () => {
  const html = await (await visited({ 'GET /replays/0b1e': RUNNING }, { base: '/t' }).get('/replays/0b1e')).text();
  assert.match(html, /data-replay="\/t\/api\/v1\/replays\/0b1e"/);
  assert.match(html, /<noscript><meta http-equiv="refresh"/);
  assert.match(html, /<progress max="1200" value="431"/);
  assert.match(html, /action="\/t\/replays\/0b1e\/cancel"/);
});

test('one that has ended is neither asked again nor cancelled', async () => {
  for (const state of ['done', 'cancelled', 'failed', 'stopped'] as const) {
    const replay = { ...RUNNING, state, ended_at: new Date(NOW).toISOString() };
    const html = await (await visited({ 'GET /replays/0b1e': replay }).get('/replays/0b1e')).text();
    assert.doesNotMatch(html, /data-replay|refresh|cancel"/);
    assert.match(html, /took 1 min/);
  }
});

test('cancelled by a form of this page, and by no other', async () => {
  const page = visited({ 'POST /replays/0b1e/cancel': { ...RUNNING, state: 'cancelled', says: 'Cancelled.' } });
  assert.equal((await page.post('/replays/0b1e/cancel', { csrf: 'another' })).status, 403);
  assert.deepEqual(page.asked, []);
  assert.equal((await page.post('/replays/0b1e/cancel')).status, 303);
  assert.equal((await page.get('/replays/none')).status, 404);
});

test('the audit list says who did what, and what nobody wrote is not there', async () => {
  const entry = {
    at: new Date(NOW - 60_000).toISOString(),
    who: 'admin token',
    from: '203.0.113.9, dashboard',
    what: 'pause',
    about: '<b>team</b>',
    outcome: 'paused',
  };
  const html = await (await visited({ 'GET /audit?limit=200': { entries: [entry] } }).get('/audit')).text();
  assert.match(html, /203\.0\.113\.9, dashboard/);
  assert.doesNotMatch(html, /<b>team/);
  assert.match(
    await (await visited({ 'GET /audit?limit=200': { entries: [] } }).get('/audit')).text(),
    /Nobody has changed/,
  );
});
