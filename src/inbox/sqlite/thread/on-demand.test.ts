import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemClock } from '../../../shared/clock.ts';
import { onDemand } from './on-demand.ts';

test('what died, or could not be started, is started again by the next use', async () => {
  const starts: PromiseWithResolvers<Error>[] = [];
  const start = async () => {
    const died = Promise.withResolvers<Error>();
    const number = starts.push(died);
    if (number === 2) throw new Error('not now');
    return { number, failed: died.promise, close: async () => undefined };
  };
  const thread = onDemand(start, 60_000, systemClock);
  const ask = () => thread.use(async ({ number }) => number);
  assert.deepEqual([await ask(), await ask()], [1, 1]);
  starts[0]?.resolve(new Error('out of memory'));
  await nextTurn();
  await assert.rejects(ask, /not now/);
  assert.equal(await ask(), 3);
  await thread.close();
});
