import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { inWords } from '../support/account.ts';
import { isSomebodys } from '../support/postgres.ts';
import { runBackup } from './backup/backup.ts';
import { type Result, runScenario, type Scenario, type Terms } from './scenario.ts';
import { backends } from './scenarios/backends.ts';
import { crash } from './scenarios/crash.ts';
import { exhausted } from './scenarios/exhausted.ts';
import { failover } from './scenarios/failover.ts';
import { freeze } from './scenarios/freeze.ts';
import { fullDisk } from './scenarios/full-disk.ts';
import { kill } from './scenarios/kill.ts';
import { longOutage } from './scenarios/long-outage.ts';
import { pooled } from './scenarios/pooled.ts';
import { readOnly } from './scenarios/read-only.ts';
import { restart } from './scenarios/restart.ts';
import { serverDiskFull } from './scenarios/server-disk-full.ts';
import { serverStops } from './scenarios/server-stops.ts';
import { postgresStore, STORES, type Store, type StoreKind, somebodysStore, sqliteStore } from './store.ts';

/** A scenario, or what has a story of its own. */
interface Trial extends Pick<Scenario, 'name' | 'title' | 'open' | 'needs' | 'ownServer'> {
  conduct(store: Store, terms: Terms): Promise<Result>;
}

const backup: Trial = {
  name: 'backup',
  title: 'a copy taken under load, everything killed, the copy restored and started',
  ownServer: true,
  conduct: runBackup,
};

const asTrial = (scenario: Scenario): Trial => ({
  ...scenario,
  conduct: (store, terms) => runScenario(scenario, store, terms),
});

/** What is done to which store. */
const SCENARIOS: Readonly<Record<StoreKind, readonly Trial[]>> = {
  sqlite: [...[crash, kill, restart, freeze, fullDisk].map(asTrial), backup],
  postgres: [
    ...[crash, kill, restart, freeze, serverStops, longOutage, failover, backends, exhausted, readOnly].map(asTrial),
    ...[serverDiskFull, pooled].map(asTrial),
    backup,
  ],
};

const OPEN = { sqlite: sqliteStore, postgres: () => (isSomebodys() ? somebodysStore() : postgresStore()) };

/** What a scenario takes beside its chaos: eight starts, leases that run out, the rest told, everything counted. */
const AROUND_MS = 12_000;
const LEAST_MS = 5_000;

const ROUNDS = 20;
const SIZE = { receivers: 4, workers: 4 };

const NAMES = [...new Set(Object.values(SCENARIOS).flatMap((each) => each.map(({ name }) => name)))];
const HELP = `npm run chaos -- [--minutes 3] [--store sqlite|postgres] [--only kill,freeze] [--seed N] [--json]

  Four receivers and four workers under load while things go wrong; then everything is counted. Exit code 1 when
  something was lost, told twice without need, out of order or too fast.
  --minutes N   about how long in all, shared by the scenarios; crash, freeze, failover and backup are counted instead, or --rounds,
                and a freeze takes ten seconds, because it waits until the lease runs out
  --rounds N    how often those are done that are counted; default: ${ROUNDS}
  DATABASE_URL_TEST=postgres://… takes that server for what happens to processes; scenarios of several servers start their own
  --seed N      the same chances again (printed by every run); the machine's own pace is never the same
  Scenarios: ${NAMES.join(', ')}
`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '3' },
    store: { type: 'string' },
    only: { type: 'string' },
    seed: { type: 'string' },
    rounds: { type: 'string', default: `${ROUNDS}` },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else process.exitCode = await main();

async function main(): Promise<number> {
  const only = values.only?.split(',') ?? NAMES;
  const stores = STORES.filter((store) => values.store === undefined || values.store === store);
  const plan = stores.flatMap((store) =>
    SCENARIOS[store].filter(({ name }) => only.includes(name)).map((scenario) => ({ store, scenario })),
  );
  if (plan.length === 0 || only.some((name) => !NAMES.includes(name))) {
    process.stderr.write(`There is no such scenario.\n\n${HELP}`);
    return 2;
  }
  const seed = Number(values.seed ?? randomInt(1_000_000));
  const chaosMs = Math.max(LEAST_MS, (Number(values.minutes) * 60_000) / plan.length - AROUND_MS);
  process.stderr.write(`seed ${seed}, ${Math.round(chaosMs / 1000)} s of chaos in each of ${plan.length} scenarios\n`);
  let isWell = true;
  for (const { store, scenario } of plan) {
    const missing = whyNot(scenario);
    process.stderr.write(`${store}: ${scenario.title} …${missing === null ? '' : ` left out: ${missing}`}\n`);
    if (missing !== null) continue;
    await using opened = await (scenario.open ?? OPEN[store])();
    const result = await scenario.conduct(opened, {
      seed,
      chaosMs,
      rounds: Number(values.rounds),
      size: SIZE,
      senders: 8,
      timed: true,
    });
    report(store, scenario, result);
    isWell &&= result.faults.length === 0;
  }
  return isWell ? 0 : 1;
}

function whyNot({ needs, ownServer }: Trial): string | null {
  return ownServer && isSomebodys() ? 'it would stop or change the server of DATABASE_URL_TEST' : (needs?.() ?? null);
}

function report(store: StoreKind, { name, title }: Trial, { happened, account, slowestMs, faults }: Result): void {
  if (values.json) {
    const { toldTwice, ...counts } = account;
    const line = { store, name, happened, ...counts, toldTwice: Object.fromEntries(toldTwice), slowestMs, faults };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return;
  }
  process.stdout.write(`${faults.length === 0 ? 'ok  ' : 'MISS'} ${store}, ${title}: ${happened}\n`);
  process.stdout.write(`     ${inWords(account)}; slowest answer ${Math.round(slowestMs)} ms\n`);
  for (const fault of faults.slice(0, 20)) process.stdout.write(`     - ${fault}\n`);
}
