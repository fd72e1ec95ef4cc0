import { fork } from 'node:child_process';
import { once } from 'node:events';
import { median, percentile } from '../stats.ts';
import { events } from './events.ts';
import type { PostgresScenario } from './scenario.ts';

const RATE = 50;
const SECONDS = 10;
const WARM_UP = 50;

interface Seen {
  readonly at: number;
  readonly ids: readonly number[];
}

/** From the moment `append` says committed to the moment a worker in another process has read the event. */
export const pickup: PostgresScenario = async ({ rounds, withDatabase }) => {
  const p50s: number[] = [];
  const p95s: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await withDatabase(async ({ url, open }) => {
      const inbox = await open();
      const picker = fork(new URL('./picker.ts', import.meta.url), [url]);
      await once(picker, 'message');
      const seen = new Map<number, number>();
      picker.on('message', ({ at, ids }: Seen) => {
        for (const id of ids) seen.set(id, at);
      });
      const committed = new Map<number, number>();
      const all = events(RATE * SECONDS);
      const started = performance.now();
      await Promise.all(
        all.map(async (event, index) => {
          await new Promise((resolve) => setTimeout(resolve, started + (index * 1000) / RATE - performance.now()));
          const { id } = await inbox.append(event);
          committed.set(id, performance.timeOrigin + performance.now());
        }),
      );
      while (seen.size < all.length) await once(picker, 'message');
      picker.disconnect();
      await once(picker, 'exit');
      // Seen before our own answer arrived: 0.
      const delays = [...committed].slice(WARM_UP).map(([id, at]) => Math.max(0, (seen.get(id) ?? Number.NaN) - at));
      p50s.push(percentile(delays, 0.5));
      p95s.push(percentile(delays, 0.95));
    });
  }
  return [
    { name: 'commit → picked up by another process, p50', value: median(p50s), unit: 'ms' },
    { name: 'commit → picked up by another process, p95', value: median(p95s), unit: 'ms', bar: { atMost: 10 } },
  ];
};
