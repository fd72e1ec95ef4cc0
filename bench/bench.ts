import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createDataDirs, databaseIn } from './data-dir.ts';
import { holds, type Measure, type Scenario } from './measure.ts';
import type { PostgresBench } from './postgres/scenario.ts';
import { acknowledge } from './scenarios/acknowledge.ts';
import { acknowledgePruning } from './scenarios/acknowledge-pruning.ts';
import { cards } from './scenarios/cards.ts';
import { dashboard } from './scenarios/dashboard.ts';
import { decide } from './scenarios/decide.ts';
import { disk } from './scenarios/disk.ts';
import { expand } from './scenarios/expand.ts';
import { forwarded } from './scenarios/forward.ts';
import { ingest } from './scenarios/ingest.ts';
import { memory } from './scenarios/memory.ts';
import { returns } from './scenarios/returns.ts';
import { search } from './scenarios/search.ts';
import { signatures } from './scenarios/signatures.ts';
import { told } from './scenarios/told.ts';
import { seedInto } from './seed/seed-into.ts';

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  ingest,
  acknowledge,
  pruning: acknowledgePruning,
  told,
  forward: forwarded,
  cards,
  dashboard,
  expand,
  decide,
  disk,
  memory,
  search,
  returns,
  signatures,
};

const HELP = `npm run bench -- [--only ingest,told] [--rounds 5] [--stored 1000000 [--seed DIR]] [--json]

  Medians of several rounds on this machine; ratios compare within one round.
  --stored N   the same figures again on a database that already holds N events, and the ratio of both
  --long       with outages of a minute and of ten
  --store postgres   the other engine: append, pickup, idle, claims, search, dashboard (--stored 5000000 for claims, --seconds 60 for idle)
  --seconds N  memory: how long after the load (120)
  --seed DIR   keeps that database in DIR, and takes it from there the next time; npm run seed makes one by itself
  Scenarios: ${Object.keys(SCENARIOS).join(', ')}
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    stored: { type: 'string' },
    seed: { type: 'string' },
    store: { type: 'string', default: 'sqlite' },
    seconds: { type: 'string' },
    long: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else process.exitCode = await main();

async function main(): Promise<number> {
  if (values.store === 'postgres') return postgres();
  const names = values.only?.split(',') ?? Object.keys(SCENARIOS);
  const unknown = names.find((name) => SCENARIOS[name] === undefined);
  if (unknown !== undefined) {
    process.stderr.write(`There is no scenario called ${unknown}.\n\n${HELP}`);
    return 2;
  }
  const fresh = await run(names, null);
  report('empty database', fresh);
  if (values.stored === undefined) return fresh.every((measure) => holds(measure) !== false) ? 0 : 1;

  const seed = values.seed ?? mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'tidings-seed-'));
  try {
    const count = Number(values.stored);
    if (!existsSync(databaseIn(seed))) await seedInto(databaseIn(seed), { count, from: 100_000_000, say });
    const bytes = statSync(databaseIn(seed)).size / count;
    const full = await run(names, seed);
    const grown = { name: 'disk per stored and decided event', value: bytes, unit: 'bytes', bar: { atMost: 2_500 } };
    report(`${count.toLocaleString('en')} events stored`, [...full, grown]);
    reportRatios(fresh, full);
    return [...fresh, ...full, grown].every((measure) => holds(measure) !== false) ? 0 : 1;
  } finally {
    if (values.seed === undefined) rmSync(seed, { recursive: true, force: true });
  }
}

const say = (line: string): void => void process.stderr.write(`  ${line}\n`);

async function postgres(): Promise<number> {
  const { POSTGRES_SCENARIOS: scenarios, withDatabase } = await import('./postgres/run.ts');
  const stored = Number(values.stored ?? 5_000_000);
  const bench: PostgresBench = {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds ?? 60),
    stored,
    withDatabase,
  };
  const measures: Measure[] = [];
  for (const name of values.only?.split(',') ?? Object.keys(scenarios)) {
    process.stderr.write(`${name} …\n`);
    measures.push(...((await scenarios[name]?.(bench)) ?? []));
  }
  report('Postgres', measures);
  return measures.every((measure) => holds(measure) !== false) ? 0 : 1;
}

async function run(names: readonly string[], seed: string | null): Promise<Measure[]> {
  const bench = {
    rounds: Number(values.rounds),
    restSeconds: Number(values.seconds ?? 120),
    isFull: seed !== null,
    isLong: values.long,
  };
  const measures: Measure[] = [];
  for (const name of names) {
    process.stderr.write(`${name} …\n`);
    const scenario = SCENARIOS[name];
    if (scenario === undefined) continue;
    measures.push(...(await scenario({ ...bench, inDataDir: createDataDirs(seed) })));
  }
  return measures;
}

function report(title: string, measures: readonly Measure[]): void {
  if (values.json) {
    for (const measure of measures)
      process.stdout.write(`${JSON.stringify({ title, ...measure, holds: holds(measure) })}\n`);
    return;
  }
  process.stdout.write(`\n${title}, medians of ${values.rounds} rounds, node ${process.versions.node}\n`);
  for (const measure of measures) {
    const { name, value, unit, bar } = measure;
    const wanted = bar === undefined ? '' : 'atLeast' in bar ? `≥ ${bar.atLeast}` : `≤ ${bar.atMost}`;
    const mark = { true: 'ok  ', false: 'MISS', null: '    ' }[String(holds(measure)) as 'true' | 'false' | 'null'];
    process.stdout.write(`  ${mark} ${name.padEnd(56)} ${format(value).padStart(10)} ${unit.padEnd(10)} ${wanted}\n`);
  }
}

function reportRatios(fresh: readonly Measure[], full: readonly Measure[]): void {
  process.stdout.write('\nfull against empty (1.00 = the same)\n');
  for (const measure of full) {
    const before = fresh.find(({ name }) => name === measure.name);
    if (before !== undefined)
      process.stdout.write(
        `       ${measure.name.padEnd(56)} ${(measure.value / before.value).toFixed(2).padStart(10)}\n`,
      );
  }
}

function format(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}
