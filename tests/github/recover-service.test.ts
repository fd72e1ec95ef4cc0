import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { type HookOwner, RecoverError, type Recovered, type Recovery } from '../../src/model/recovery.ts';
import { createLog } from '../../src/shared/log.ts';
import { startRecoverService } from '../../src/sources/github/recover/recover-service.ts';
import { TestClock } from '../jobs/test-clock.ts';

const API: HookOwner = { kind: 'repository', owner: 'acme', repo: 'api' };
const ORG: HookOwner = { kind: 'organisation', org: 'acme' };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function missed(outcome: Recovered['outcome'], goneAt: number): Recovered {
  const event = { guid: 'a', type: 'issues', action: 'opened', deliveredAt: 0, answer: '502' };
  return { ...event, goneAt, outcome, why: outcome === 'left' ? 'it is gone' : null };
}

/** A service whose runs answer `results` in turn, by owner; the last one again and again. */
function start(results: ReadonlyMap<HookOwner, readonly (readonly Recovered[] | Error)[]>) {
  const clock = new TestClock();
  const lines: string[] = [];
  const asked: HookOwner[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)).msg);
      done();
    },
  });
  const service = startRecoverService({
    owners: [...results.keys()],
    recover: async ({ owner }): Promise<Recovery> => {
      const list = results.get(owner) ?? [];
      const result = list[Math.min(asked.filter((each) => each === owner).length, list.length - 1)] ?? [];
      asked.push(owner);
      if (result instanceof Error) throw result;
      return { hook: { id: 7, url: '' }, since: 0, deliveries: 0, missed: result };
    },
    clock,
    log: createLog('info', stream),
  });
  return { clock, lines, asked, service, next: () => clock.timerAt(clock.now() + 10 * MINUTE_MS) };
}

test('it runs at once and every ten minutes, with a line only where something was missed', async () => {
  const { clock, lines, asked, service, next } = start(
    new Map([[API, [[missed('fetched', 0), missed('redelivered', 0)], []]]]),
  );
  await next();
  clock.advance(10 * MINUTE_MS);
  await next();
  assert.deepEqual(asked, [API, API]);
  assert.deepEqual(lines, ['recover acme/api: 2 missed, 2 recovered']);
  await service.stop();
  clock.advance(HOUR_MS);
  assert.equal(asked.length, 2);
});

test('an owner whose hooks may not be read is named once and left alone; the others go on', async () => {
  const no = new RecoverError('not_allowed', 'GITHUB_TOKEN may not.');
  const { clock, lines, asked, service, next } = start(
    new Map<HookOwner, readonly (Error | readonly Recovered[])[]>([
      [API, [no]],
      [ORG, [new RecoverError('unreachable', 'GitHub is down.'), []]],
    ]),
  );
  await next();
  clock.advance(10 * MINUTE_MS);
  await next();
  assert.deepEqual(asked, [API, ORG, ORG]);
  assert.deepEqual(lines, [
    'recover acme/api: GITHUB_TOKEN may not. Missed deliveries are not looked for until the next start.',
    'recover acme: GitHub is down. The next try is in 10 minutes.',
  ]);
  await service.stop();
});

test('it warns on the last day of what cannot be recovered', async () => {
  const goneAt = new TestClock().now() + 5 * HOUR_MS;
  const { lines, service, next } = start(new Map([[API, [[missed('left', goneAt)]]]]));
  await next();
  assert.deepEqual(lines, [
    'recover acme/api: 1 missed, 0 recovered; 1 could not be: it is gone',
    `recover acme/api: GitHub drops 1 of them within a day, the first at ${new Date(goneAt).toISOString()}`,
  ]);
  await service.stop();
});
