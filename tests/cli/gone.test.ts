import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summaryLines } from '../../src/cli/commands/backtest.ts';
import { recordJson } from '../../src/http/event-json.ts';
import { newWorld, run } from './test-cli.ts';
import { testEvent } from './test-event.ts';

const GONE = testEvent({ headers: null, body: null });

function worldWithGone() {
  const world = newWorld();
  world.events.push(GONE, testEvent({ id: 41 }));
  return world;
}

test('an event whose body is gone is explained and shown without it, and has no bytes to give', async () => {
  const world = worldWithGone();
  const explained = await run(world, ['explain', '42']);
  assert.deepEqual([explained.code, explained.stderr], [0, '']);
  assert.match(explained.stdout, /rule reviews|reviews/);
  const shown = await run(world, ['events', 'show', '42', '--body']);
  assert.equal(shown.code, 0);
  assert.match(shown.stdout, /30 bytes \(its headers and body are gone: `retention:` says how long they are kept\)/);
  assert.doesNotMatch(shown.stdout, /^Headers|^Body/m);
  const raw = await run(world, ['events', 'show', '42', '--raw']);
  assert.deepEqual([raw.code, raw.stdout], [3, '']);
  assert.match(raw.stderr, /Event 42 is there, but its headers and body are gone: `retention:` says/);
  const { headers, body, body_bytes } = recordJson(GONE);
  assert.deepEqual({ headers, body, body_bytes }, { headers: null, body: null, body_bytes: 30 });
});

test('what was forgotten is not said to be old, and what was imported says so', async () => {
  const world = worldWithGone();
  world.events.push(testEvent({ id: 43, headers: null, body: null, trace: null, reason: 'forgotten' }));
  world.events.push(testEvent({ id: 44, reason: 'imported' }));
  assert.match((await run(world, ['events', 'show', '43'])).stdout, /\(its headers and body were forgotten\)/);
  assert.match((await run(world, ['explain', '43'])).stdout, /now routed \(forgotten\)$/m);
  assert.match((await run(world, ['explain', '44'])).stdout, /now routed \(imported\)$/m);
});

test('it cannot be decided again: named it is refused, among others it is left out and counted', async () => {
  const world = worldWithGone();
  const named = await run(world, ['replay', '41', '42']);
  assert.deepEqual([named.code, named.stdout], [3, '41\n']);
  assert.match(named.stderr, /Not replayed: event 42 cannot be decided again\. Headers and bodies are gone/);
  const all = await run(world, ['replay', '--state', 'routed']);
  assert.deepEqual([all.code, all.stdout], [0, '41\n']);
  assert.match(all.stderr, /Left out: event 42 cannot be decided again/);
  const missing = await run(world, ['replay', '42', '43']);
  assert.match(missing.stderr, /There is no event 43\./);
});

test('a backtest says of how many events the bodies are gone', () => {
  const none = { events: 0, fewer: 0, more: 0, same: 0, unjudged: 0, unread: 0, gone: 1_200 };
  const lost = '1,200 events of that time could not be read: the bodies are gone, see `retention:`.';
  assert.deepEqual(summaryLines(none, 0), [lost]);
  assert.equal(summaryLines({ ...none, events: 1 }, 0).at(-1), lost);
});
