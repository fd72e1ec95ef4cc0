import { createHash, randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { inWords } from '../../support/account.ts';
import { runScenario, type ScenarioContext } from '../scenario.ts';
import { soak } from '../scenarios/soak.ts';
import { postgresStore, STORES, type Store, type StoreKind, sqliteStore } from '../store.ts';
import { scheduleOf } from './schedule.ts';

const HELP = `npm run soak -- --store sqlite|postgres [--minutes 60] [--seed N]

  Two receivers and three workers for an hour under load, while everything goes wrong that can, again and again: kill -9,
  SIGTERM, freezes, full disks, clocks that jump, a network that refuses, hangs, loses answers, resets, crawls. What goes wrong
  when, the seed alone says. All is counted every five minutes, and what was counted is forgotten: memory stays flat.
  Exit code 1 when something was lost, told twice without need, out of order or too fast.
`;

const OPEN = { sqlite: sqliteStore, postgres: postgresStore };
const SIZE = { receivers: 2, workers: 3 };
const SENDERS = 6;
/** One part: chaos, then everything stopped, told, and counted. */
const PART_MS = 5 * 60_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    store: { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const kind = STORES.find((each) => each === values.store);

if (values.help || kind === undefined) {
  process.stdout.write(HELP);
  process.exitCode = values.help ? 0 : 2;
} else
  process.exitCode = await main(kind, Number(values.seed ?? randomInt(1_000_000)), Number(values.minutes) * 60_000);

async function main(kind: StoreKind, seed: number, totalMs: number): Promise<number> {
  const parts = Math.ceil(totalMs / PART_MS);
  const sum = { kills: 0, sent: 0, acknowledged: 0, stored: 0, announced: 0, lost: 0, faults: 0 };
  const toldTwice = new Map<string, number>();
  await using store = await OPEN[kind]();
  const began = performance.now();
  for (let part = 0; part < parts; part++) {
    const { happened, account, kills, faults } = await runPart(store, seed + part, part, totalMs / parts);
    sum.kills += kills;
    for (const key of ['sent', 'acknowledged', 'stored', 'announced'] as const) sum[key] += account[key];
    sum.lost += account.lost.length;
    sum.faults += faults.length;
    for (const [why, times] of account.toldTwice) toldTwice.set(why, (toldTwice.get(why) ?? 0) + times);
    print(
      `${faults.length === 0 ? 'ok  ' : 'MISS'} ${kind}, part ${part + 1} of ${parts}, seed ${seed + part}: ${happened}`,
    );
    print(`     ${inWords(account)}`);
    for (const fault of faults.slice(0, 20)) print(`     - ${fault}`);
  }
  const total = { ...sum, lost: Array.from({ length: sum.lost }, () => ''), toldTwice, faults: [] };
  const minutes = Math.round((performance.now() - began) / 60_000);
  print(
    `${sum.faults === 0 ? 'ok  ' : 'MISS'} ${kind}, seed ${seed}, ${minutes} minutes: ${sum.kills} kills; ${inWords(total)}`,
  );
  return sum.faults === 0 ? 0 : 1;
}

async function runPart(store: Store, seed: number, part: number, chaosMs: number) {
  const schedule = scheduleOf(store.kind, seed, chaosMs);
  const digest = createHash('sha256').update(JSON.stringify(schedule)).digest('hex').slice(0, 8);
  print(`seed ${seed}: ${schedule.length} disturbances, schedule ${digest}`);
  let watched: Pick<ScenarioContext, 'fleet' | 'senders'> | undefined;
  const timer = setInterval(() => {
    if (watched === undefined) return;
    const { fleet, senders } = watched;
    const megabytes = Math.round(process.memoryUsage.rss() / 1_000_000);
    process.stderr.write(
      `${new Date().toISOString()} ${senders.sent.length} sent, ${fleet.kills} kills, ${fleet.faults.length} faults, ${megabytes} MB\n`,
    );
  }, 60_000);
  const watch = (context: typeof watched) => {
    watched = context;
  };
  try {
    const result = await runScenario(soak, store, {
      seed,
      part,
      chaosMs,
      rounds: 0,
      size: SIZE,
      senders: SENDERS,
      timed: false,
      watch,
    });
    return { ...result, kills: watched?.fleet.kills ?? 0 };
  } finally {
    clearInterval(timer);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
