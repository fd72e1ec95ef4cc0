import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LaneDepth } from '../../model/inbox/archive.ts';
import { laneWords } from './lane-words.ts';
import { reasonWords, sentence } from './reason-words.ts';

const NOW = Date.UTC(2030, 0, 1, 12);
const IDLE: LaneDepth = {
  lane: 'team',
  depth: 0,
  oldestReceivedAt: null,
  owner: 'build-1',
  leaseExpiresAt: NOW + 9_000,
  notBefore: 0,
  failures: 0,
  broken: null,
  held: null,
  sentAt: NOW - 180_000,
  cardsBehind: 0,
};
const WAITING = { depth: 37, oldestReceivedAt: NOW - 60_000 };

const said = (over: Partial<LaneDepth> | null, isConfigured = true) =>
  Object.values(laneWords({ name: 'team', lane: over && { ...IDLE, ...over }, isConfigured }, NOW, 'tidings'));

test('a lane says how it is, what to do, and the command that does it', () => {
  assert.deepEqual(said(null), ['quiet', 'Nothing was sent there yet.', null, null]);
  assert.deepEqual(said({}), ['good', 'Nothing waits. Last sent 3 min ago.', null, null]);
  assert.deepEqual(said({ sentAt: null }), ['quiet', 'Nothing waits. Nothing was sent there yet.', null, null]);
  const waits = '37 messages wait, the oldest for 1 min.';
  assert.deepEqual(said(WAITING), ['busy', `${waits} Last sent 3 min ago.`, null, null]);
  const reason = 'the bot may not post there (403 not_in_channel): invite it to the channel';
  assert.deepEqual(said({ ...WAITING, broken: { at: NOW - 3_600_000, reason } }), [
    'bad',
    `Nothing can arrive for 1 h: The bot may not post there (403 not_in_channel). ${waits}`,
    'Invite it to the channel, then resume it: what waits is sent in order.',
    'tidings resume team',
  ]);
  assert.deepEqual(said({ held: { by: 'mona', at: NOW - 180_000, until: null } }), [
    'quiet',
    'Paused 3 min ago by mona, until somebody resumes it.',
    'Resume it, and what waits is sent in order.',
    'tidings resume team',
  ]);
  assert.match(
    said({ ...WAITING, failures: 3, notBefore: NOW + 40_000 }).join(' '),
    /^bad It failed 3 times in a row, and is tried again in 40\.0 s/,
  );
  assert.match(said({ ...WAITING, owner: null }).join(' '), /^bad .*No worker has the lane\. Start a worker/);
  assert.match(
    said({ depth: 1, oldestReceivedAt: NOW - 5_000 }, false).join(' '),
    /^bad 1 message has waited for 5 s\. No destination has this name/,
  );
});

test('its pace is no failure, and a pause is no lack of a worker', () => {
  assert.equal(said({ ...WAITING, notBefore: NOW + 900 })[0], 'busy');
  const paused = said({ ...WAITING, owner: null, held: { by: 'mona', at: NOW, until: NOW + 7_200_000 } });
  assert.match(
    paused.join(' '),
    /^quiet Paused 0 s ago by mona, for 2 h more, until 2030-01-01T14:00:00\.000Z\. 37 messages wait/,
  );
});

test('a reason is parted into what happened and what to do', () => {
  const parts = (reason: string) => Object.values(reasonWords(reason));
  assert.deepEqual(parts('the webhook was removed (10015): make a new one.'), [
    'the webhook was removed (10015)',
    'make a new one',
  ]);
  assert.deepEqual(parts('JetStream is off at nats://x:4222: switch it on'), [
    'JetStream is off at nats://x:4222',
    'switch it on',
  ]);
  assert.deepEqual(parts('it redirects (302); set url to the final address'), [
    'it redirects (302)',
    'set url to the final address',
  ]);
  const tried =
    'gave up after 12 tries, the last: 404 channel_not_found: no channel "x"; correct channel (tidings replay --state dead tries again)';
  assert.deepEqual(parts(tried), ['404 channel_not_found: no channel "x"', 'correct channel']);
  assert.deepEqual(parts('gave up after 1 try, the last: no answer within 10.0 s'), ['no answer within 10.0 s', null]);
  assert.deepEqual(parts('never heard of it'), ['never heard of it', null]);
  assert.deepEqual(parts(''), ['', null]);
  assert.equal(sentence('switch it on'), 'Switch it on.');
  assert.equal(sentence('why?'), 'Why?');
});
