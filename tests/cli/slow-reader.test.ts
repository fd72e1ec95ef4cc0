import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { test } from 'node:test';
import type { Output } from '../../src/cli/cli-io.ts';
import { printChange } from '../../src/cli/commands/backtest.ts';
import { report as reportRecovery } from '../../src/cli/commands/recover.ts';
import { report as reportTests } from '../../src/cli/commands/rule-tests.ts';
import type { Context } from '../../src/cli/context.ts';
import { FULL } from '../support/long-form.ts';
import { newWorld, type RunOptions, run, talking, type World } from './test-cli.ts';
import { testEvent } from './test-event.ts';

const MB = 1_000_000;
/** In one piece and in many. */
const WHOLE = (FULL ? 50 : 1) * MB;
const PART = 'x'.repeat(10_000);
const PARTS = Array.from({ length: WHOLE / PART.length }, (_, index) => index + 1);

/** Takes each piece only when everything else had its turn. */
function slowReader(tty = false) {
  const seen = { bytes: 0, waiting: 0, mostWaiting: 0, lastByte: 0 };
  let last = Promise.resolve();
  const reader: Output = {
    isTTY: tty,
    columns: 80,
    write: (chunk) => {
      seen.mostWaiting = Math.max(seen.mostWaiting, ++seen.waiting);
      last = new Promise((resolve) => {
        setImmediate(() => {
          seen.waiting--;
          seen.bytes += chunk.length;
          seen.lastByte = Buffer.from(chunk.slice(-1)).at(0) ?? 0;
          resolve();
        });
      });
      return last;
    },
    written: () => last,
  };
  return { reader, seen };
}

function worldOf(fill: (world: World) => void): World {
  const world = newWorld();
  fill(world);
  return world;
}

const manyEvents = (count = PARTS.length, reason = PART) =>
  worldOf(({ events }) => {
    for (let part = 1; part <= count; part++) events.push(testEvent({ id: 1_000_000 - part, reason }));
  });
const largeEvent = () =>
  worldOf(({ events }) => events.push(testEvent({ body: Buffer.from(PART.repeat(PARTS.length)) })));
const longStory = () =>
  worldOf(({ events }) => {
    const checks = PARTS.map(() => ({ check: 'on', wanted: 'push', actual: PART, ok: false }));
    events.push(testEvent({ trace: { kind: 'push', rules: [{ rule: 'r', result: 'no_match', checks, to: [] }] } }));
  });

async function manyChanges(context: Context, isJson: boolean): Promise<void> {
  const fewer = [{ destination: 'team', rule: 'r', because: PART }];
  const all = { kind: 'push', place: null, handle: null, title: null, receivedAt: 0, fewer, more: [] };
  for (const eventId of PARTS) await printChange(context, { ...all, eventId }, isJson);
}

function manyMissed(context: Context, isJson: boolean): Promise<void> {
  const each = { type: 'push', action: null, answer: PART, deliveredAt: 0, goneAt: 0 };
  const missed = PARTS.map((part) => ({ ...each, guid: String(part), outcome: 'left' as const, why: PART }));
  const recovery = { hook: { id: 7, url: '' }, since: 0, deliveries: 0, missed };
  return reportRecovery(context, recovery, { owner: { kind: 'app' }, who: 'GitHub', dryRun: true, isJson });
}

function manyTests(context: Context, isJson: boolean): Promise<void> {
  const test = {
    payload: { kind: 'sample', name: 'push' } as const,
    set: new Map(),
    at: null,
    says: null,
    previous: null,
    files: [],
  };
  const tests = PARTS.map((part) => ({ ...test, name: `test ${part}`, expect: [] }));
  const made = tests.map(() => ({ ok: false, problem: PART }) as const);
  return reportTests(context, tests, made, isJson);
}

const COMMANDS: readonly (readonly [argv: readonly string[], world: () => World, options?: RunOptions])[] = [
  [['events', '--json', '--limit', '10000000'], () => manyEvents()],
  [['events', '--limit', '10000000'], () => manyEvents()],
  [['events', 'show', '42', '--raw'], largeEvent],
  [['events', 'show', '42', '--json'], largeEvent],
  [['events', 'show', '42', '--body'], largeEvent],
  [['explain', '42', '--json'], longStory],
  [['explain', '42'], longStory],
  [['send', 'ping', '--dry-run', '--json', '--set', `zen=${PART.repeat(PARTS.length)}`], newWorld],
];

for (const [argv, world] of COMMANDS) {
  test(`\`${argv.join(' ').slice(0, 60)}\`: all of it reaches a slow reader, and waits for him`, async () => {
    const { reader, seen } = slowReader();
    await run(world(), argv, { reader });
    assert(seen.bytes >= WHOLE, `${seen.bytes} bytes`);
    assert.deepEqual([seen.waiting, seen.mostWaiting, seen.lastByte], [0, 1, argv.includes('--raw') ? 120 : 10]);
  });
}

for (const work of [manyChanges, manyMissed, manyTests]) {
  for (const isJson of [false, true]) {
    test(`${work.name}${isJson ? ' as JSON' : ''}: all of it reaches a slow reader, and waits for him`, async () => {
      const { reader, seen } = slowReader();
      await talking(newWorld(), (context) => work(context, isJson), { reader });
      assert(seen.bytes >= WHOLE, `${seen.bytes} bytes`);
      assert.deepEqual([seen.waiting, seen.mostWaiting, seen.lastByte], [0, 1, 10]);
    });
  }
}

for (const argv of [['config'], ['config', '--json'], ['doctor', '--json']]) {
  test(`\`${argv.join(' ')}\` waits for a slow reader`, async () => {
    const { reader, seen } = slowReader();
    await run(newWorld({ PORT: '1' }), argv, { reader });
    assert.deepEqual([seen.waiting, seen.mostWaiting, seen.lastByte], [0, 1, 10]);
  });
}

test('`replay --dry-run` names every event to a slow reader', async () => {
  const { reader, seen } = slowReader();
  const world = worldOf(({ events }) => events.push(...PARTS.map((id) => testEvent({ id }))));
  assert.equal((await run(world, ['replay', '--state', 'failed', '--dry-run', '--json'], { reader })).code, 0);
  assert.deepEqual([seen.waiting, seen.mostWaiting], [0, 1]);
});

test('`events` reads a page at a time, and none for a reader who has gone', async () => {
  const world = manyEvents(600, 'any');
  await run(world, ['events', '--json', '--limit', '600']);
  assert.deepEqual(
    world.filters.map(({ before, limit }) => [before, limit]),
    [
      [undefined, 500],
      [999_500, 100],
    ],
  );
  const gone = manyEvents(600, 'any');
  await run(gone, ['events', '--json', '--limit', '600'], { closed: AbortSignal.abort() });
  assert.equal(gone.filters.length, 1);
});

test('`listen` takes the next request when the last was read', async () => {
  const { reader, seen } = slowReader();
  const stop = new AbortController();
  const port = Promise.withResolvers<number>();
  const running = run(newWorld(), ['listen', '--port', '0', '--json'], {
    reader,
    stop: stop.signal,
    onStderr: (text) => {
      const found = /localhost:(\d+)/.exec(text)?.[1];
      if (found !== undefined) port.resolve(Number(found));
    },
  });
  const body = PART.repeat(PARTS.length / 2 + 1);
  for (let sent = 0; sent < 3; sent++) {
    const post = request({ port: await port.promise, method: 'POST', agent: false }).end(body);
    const [response] = (await once(post, 'response')) as [NodeJS.ReadableStream];
    response.resume();
    await once(response, 'end');
  }
  while (seen.bytes < WHOLE) await new Promise(setImmediate);
  stop.abort();
  assert.equal((await running).code, 0);
  assert.deepEqual([seen.waiting, seen.mostWaiting], [0, 1]);
});

test('told to stop, nobody is kept by a reader who does not read', async () => {
  const reader: Output = {
    isTTY: false,
    columns: 80,
    write: () => new Promise<void>(() => {}),
    written: () => new Promise<void>(() => {}),
  };
  const stopped = run(manyEvents(), ['events', '--json'], { reader, stop: AbortSignal.abort() });
  assert.equal((await stopped).code, 130);
  const forced = run(manyEvents(), ['config'], { reader, stop: AbortSignal.abort(), force: AbortSignal.abort() });
  assert.equal((await forced).code, 130);
});

test('what cannot be written is a failure, whatever the command', async () => {
  const full = () => {
    const failed = Promise.reject(new Error('The output cannot be written: ENOSPC'));
    failed.catch(() => {});
    return failed;
  };
  const reader: Output = { isTTY: false, columns: 80, write: full, written: full };
  for (const argv of [['events', '--json'], ['config'], ['--help'], ['doctor', '--json']]) {
    const { code, stderr } = await run(manyEvents(), argv, { reader });
    assert.deepEqual([argv, code], [argv, 1]);
    assert.match(stderr, /^Error: The output cannot be written: ENOSPC$/m);
  }
});
