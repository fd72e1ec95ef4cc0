import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { databaseIn, newEvent } from '../data-dir.ts';
import type { Scenario } from '../measure.ts';
import { startTidings } from '../process.ts';
import { median } from '../stats.ts';

const EVENTS = 12_000;
let next = 10_000_000;

/** How fast a worker decides over a backlog: parse, normalise, route, and write notifications and traces. */
export const expand: Scenario = async ({ inDataDir, rounds }) => {
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await inDataDir(async (dataDir) => {
      await using inbox = await openSqliteInbox({ path: databaseIn(dataDir), clock: systemClock });
      await Promise.all(Array.from({ length: EVENTS }, () => inbox.append(newEvent(next++))));
      await using _worker = await startTidings('work', dataDir);
      // Counted between two moments while it runs: starting the process is not part of it.
      let first: { at: number; left: number } | undefined;
      for (;;) {
        const left = (await inbox.depths()).find(({ lane }) => lane === 'expand')?.depth ?? 0;
        const at = performance.now();
        if (left < EVENTS) first ??= { at, left };
        if (left === 0 && first !== undefined) {
          rates.push((first.left / (at - first.at)) * 1000);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
  }
  return [{ name: 'expand', value: median(rates), unit: 'events/s', bar: { atLeast: 5_000 } }];
};
