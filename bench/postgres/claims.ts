import { median } from '../stats.ts';
import { drain, noTurns } from './drain.ts';
import { events } from './events.ts';
import type { BenchDatabase, PostgresScenario } from './scenario.ts';
import { storedEvents } from './stored.ts';

const FEW = 10_000;
const NEW = 3_000;
const CLIENTS = 64;

/** What a worker's turn costs the database, with few and with many events stored. Rounds alternate between the two. */
export const claims: PostgresScenario = async ({ rounds, stored, withDatabase }) =>
  withDatabase((few) =>
    withDatabase(async (many) => {
      for (const statement of storedEvents(FEW)) await few.sql(statement);
      for (const statement of storedEvents(stored)) await many.sql(statement);
      const ratios = { expand: [] as number[], send: [] as number[], append: [] as number[] };
      for (let round = 0; round < rounds; round++) {
        const small = await turn(few);
        const large = await turn(many);
        ratios.expand.push(large.expandMs / small.expandMs);
        ratios.send.push(large.sendMs / small.sendMs);
        ratios.append.push(large.appendMs / small.appendMs);
      }
      const [from, to] = [FEW, stored].map((count) => count.toLocaleString('en'));
      return [
        {
          name: `reading and deciding, ${to} against ${from} stored`,
          value: median(ratios.expand),
          unit: 'x',
          bar: { atMost: 1.2 },
        },
        {
          name: `claiming and ending, ${to} against ${from} stored`,
          value: median(ratios.send),
          unit: 'x',
          bar: { atMost: 1.2 },
        },
        { name: `appending, ${to} against ${from} stored`, value: median(ratios.append), unit: 'x' },
      ];
    }),
  );

async function turn({ open }: BenchDatabase) {
  const inbox = await open();
  const left = events(NEW).values();
  const started = performance.now();
  const client = async () => {
    for (const event of left) await inbox.append(event);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const appendMs = (performance.now() - started) / NEW;
  const turns = noTurns();
  await drain(inbox, () => true, turns);
  await inbox[Symbol.asyncDispose]();
  return { appendMs, expandMs: median(turns.expandMs), sendMs: median(turns.sendMs) };
}
