import pg from 'pg';
import type { Inbox } from '../../src/model/inbox.ts';
import { median } from '../stats.ts';
import { drain, noTurns } from './drain.ts';
import { events } from './events.ts';
import type { PostgresScenario } from './scenario.ts';

const CLIENTS = 64;
/** Taken in and not yet ended: a closed loop, so that nothing piles up by itself. */
const UNDER_WAY = 512;

/**
 * Events taken in, decided and ended a second, while another session sits in a transaction that has looked at everything
 * and keeps every dead row alive; against the same without it. The last third of the time counts: by then a queue that
 * cannot be cleaned has grown.
 */
export const idle: PostgresScenario = async ({ rounds, seconds, withDatabase }) => {
  const ratios: number[] = [];
  const rates: number[] = [];
  for (let round = 0; round < Math.max(1, Math.floor(rounds / 2)); round++) {
    const [undisturbed, disturbed] = [
      await withDatabase(async ({ open }) => throughput(await open(), await open(), seconds)),
      await withDatabase(async ({ url, open }) => {
        const sleeper = new pg.Client(url);
        await sleeper.connect();
        const inbox = await open();
        await sleeper.query(
          'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT txid_current(); SELECT count(*) FROM tidings.pending',
        );
        try {
          return await throughput(inbox, await open(), seconds);
        } finally {
          await sleeper.end();
        }
      }),
    ];
    ratios.push(disturbed / undisturbed);
    rates.push(undisturbed);
  }
  return [
    {
      name: `throughput beside a session idle in a transaction, ${seconds} s`,
      value: median(ratios),
      unit: 'x',
      bar: { atLeast: 0.95 },
    },
    { name: 'taken in, decided and ended, without it', value: median(rates), unit: 'events/s' },
  ];
};

async function throughput(receiver: Inbox, worker: Inbox, seconds: number): Promise<number> {
  const made = events(20_000);
  const until = performance.now() + seconds * 1000;
  let at = 0;
  const turns = noTurns();
  const client = async () => {
    while (performance.now() < until) {
      if (at - turns.ended >= UNDER_WAY) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        continue;
      }
      const event = made[at++ % made.length];
      if (event === undefined) throw new Error('there are always events');
      const guid = `${event.guid}-${at}`;
      await receiver.append({
        ...event,
        guid,
        deliveryId: `4711:${guid}`,
        body: Buffer.concat([event.body, Buffer.from(` ${at}`)]),
      });
    }
  };
  const draining = drain(worker, () => performance.now() >= until, turns);
  const loads = Promise.all(Array.from({ length: CLIENTS }, client));
  await new Promise((resolve) => setTimeout(resolve, (seconds * 1000 * 2) / 3));
  const before = turns.ended;
  await loads;
  const after = turns.ended;
  await draining;
  return ((after - before) / seconds) * 3;
}
