import { parseArgs } from 'node:util';
import { useServerSettings } from '../tests/support/postgres.ts';
import { flatness } from './year/flatness.ts';
import { liveYear, type YearDay } from './year/live-year.ts';
import { madeYear } from './year/made-year.ts';
import { assertPromises } from './year/promises.ts';
import { postgresStore, sqliteStore } from './year/stores.ts';

const HELP = `npm run year -- [--store sqlite|postgres] [--events 10000000] [--days 365] [--step 1]

  A year of a moved clock: every --step days what came is stored, decided and told, and what is old is pruned: bodies and attempts after
  30 days, events after 35. Prints each tenth day; at the end every promise that outlives the bodies is asserted, that the size was flat
  within 10 % from day 40 on, and that no step of pruning held the writer for more than 20 ms.
`;

/** From then on as much goes as comes. */
const FLAT_FROM = 40;
const FLAT_WITHIN = 0.1;
const LONGEST_HOLD_MS = 20;

const HEAD =
  ' day      events        MB  free MB  dead rows  oldest xmin  held ms  longest step, ms         store s  prune s';

const { values } = parseArgs({
  options: {
    store: { type: 'string', default: 'sqlite' },
    events: { type: 'string', default: '10000000' },
    days: { type: 'string', default: '365' },
    step: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else process.exitCode = await main();

async function main(): Promise<number> {
  // A day takes seconds here: autovacuum looks as often for each of them as it would in a real one.
  useServerSettings(['shared_buffers=128MB', 'autovacuum_naptime=1s', 'autovacuum_vacuum_cost_delay=0']);
  await using store = await (values.store === 'postgres' ? postgresStore() : sqliteStore());
  const year = madeYear(Number(values.events), Number(values.days));
  const started = performance.now();
  process.stdout.write(`${HEAD}\n`);
  let promises: readonly string[] = [];
  const days = await liveYear(
    store,
    year,
    { stepDays: Number(values.step), onDay: (day) => day.day % 10 === 0 && process.stdout.write(`${line(day)}\n`) },
    async (inbox, lived) => {
      promises = await assertPromises(inbox, year, lived, 2_000);
    },
  );
  const minutes = (performance.now() - started) / 60_000;
  const flat = flatness(days, FLAT_FROM);
  const heldMs = Math.max(...days.map((day) => day.heldMs));
  const isFlat = flat <= FLAT_WITHIN;
  process.stdout.write(`\nkept, as promised:\n${promises.map((promise) => `  ${promise}\n`).join('')}
${isFlat ? 'ok  ' : 'MISS'} size from day ${FLAT_FROM} on: within ${(flat * 100).toFixed(1)} % of its mean, ≤ ${FLAT_WITHIN * 100} %
${heldMs <= LONGEST_HOLD_MS ? 'ok  ' : 'MISS'} longest hold of the writer by pruning: ${heldMs.toFixed(1)} ms, ≤ ${LONGEST_HOLD_MS} ms
     ${year.count.toLocaleString('en')} events over ${year.days} days on ${store.name} in ${minutes.toFixed(1)} min\n`);
  return isFlat && heldMs <= LONGEST_HOLD_MS ? 0 : 1;
}

function line({
  day,
  events,
  bytes,
  freeBytes,
  deadRows,
  oldestXmin,
  heldMs,
  longestStep,
  fillMs,
  pruneMs,
}: YearDay): string {
  return [
    String(day).padStart(4),
    events.toLocaleString('en').padStart(11),
    (bytes / 1e6).toFixed(1).padStart(9),
    (freeBytes / 1e6).toFixed(1).padStart(8),
    deadRows.toLocaleString('en').padStart(10),
    oldestXmin.toLocaleString('en').padStart(12),
    heldMs.toFixed(1).padStart(8),
    ` ${longestStep.step} ${longestStep.ms.toFixed(1)}`.padEnd(25),
    (fillMs / 1000).toFixed(1).padStart(7),
    (pruneMs / 1000).toFixed(1).padStart(8),
  ].join(' ');
}
