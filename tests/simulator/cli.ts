import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bugNamed, simulatorWith } from './bugs/plant.ts';
import { huntAll } from './bugs/report.ts';
import { shrink } from './shrink.ts';
import type { Simulator } from './simulate.ts';
import { storyOf } from './story.ts';
import type { Simulate, Simulated, Verdict } from './types.ts';

const HELP = `npm run simulate -- --seeds 10000 [--from N] [--steps N] [--processes N]
npm run simulate -- --seed N [--steps N] [--without 3,5]   one seed again, with its story
npm run simulate -- --seed N --shrink                       as little of it as still fails
npm run simulate -- --bugs [--bug NAME] [--seeds N]         looks for the bugs that are put back on purpose, or the one
--bug NAME goes with all others too: then the code has that bug`;

/** What one process has to say of its share. */
interface Share {
  readonly seeds: number;
  readonly wakeUps: number;
  readonly lasted: number;
  readonly failed: readonly Pick<Verdict, 'seed' | 'violations'>[];
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    steps: { type: 'string' },
    without: { type: 'string', default: '' },
    shrink: { type: 'boolean', default: false },
    bug: { type: 'string' },
    bugs: { type: 'boolean', default: false },
    processes: { type: 'string', default: String(availableParallelism()) },
    // Of a process that does a share: it takes every nth seed.
    nth: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const steps = values.steps === undefined ? undefined : Number(values.steps);
const bug = values.bug === undefined ? null : bugNamed(values.bug);

if (values.help) say(HELP);
else if (values.bugs) process.exitCode = await huntAll(bug, Number(values.from), Number(values.seeds), say);
else if (values.seed !== undefined) await one(Number(values.seed));
else if (values.nth !== undefined) await doShare(Number(values.nth));
else await all();

async function one(seed: number): Promise<void> {
  using simulator = await simulatorWith(bug);
  const without = new Set(values.without.split(',').filter(Boolean).map(Number));
  if (values.shrink) return await shrunk(simulator, { seed, steps, without });
  const { ok, story, violations, happenings, digest, wakeUps, lasted } = await simulator.simulate({
    seed,
    steps,
    without,
  });
  for (const { index, says } of happenings)
    say(`${String(index).padStart(4)}${without.has(index) ? ' (left out)' : ''} ${says}`);
  say(['', ...story, ''].join('\n'));
  for (const { check, says } of violations) say(`${check}: ${says}`);
  say(
    `seed ${seed}: ${ok ? 'ok' : 'FAILED'}, ${wakeUps} wake-ups in ${(lasted / 1_000).toFixed(1)} simulated s, digest ${digest}`,
  );
  process.exitCode = ok ? 0 : 1;
}

async function shrunk(simulator: Simulator, simulated: Simulated): Promise<void> {
  const simulate: Simulate = (candidate) => simulator.simulate(candidate);
  const [violation] = (await simulate(simulated)).violations;
  if (violation === undefined) return say(`seed ${simulated.seed}: ok`);
  for (const line of storyOf(await shrink(simulate, simulated, violation.check), bug)) say(line);
  process.exitCode = 1;
}

async function doShare(nth: number): Promise<void> {
  const done = await share(nth);
  process.send?.(done);
}

async function share(nth: number): Promise<Share> {
  using simulator = await simulatorWith(bug);
  const failed: Share['failed'][number][] = [];
  let [seeds, wakeUps, lasted] = [0, 0, 0];
  const end = Number(values.from) + Number(values.seeds);
  for (let seed = Number(values.from) + nth; seed < end; seed += Number(values.processes)) {
    const verdict = await simulator.simulate({ seed, steps });
    seeds += 1;
    wakeUps += verdict.wakeUps;
    lasted += verdict.lasted;
    if (verdict.ok) continue;
    failed.push({ seed, violations: verdict.violations });
    say(`seed ${seed} FAILED: ${verdict.violations[0]?.check}: ${verdict.violations[0]?.says}`);
  }
  return { seeds, wakeUps, lasted, failed };
}

async function all(): Promise<void> {
  const began = performance.now();
  const shares = await Promise.all(Array.from({ length: Number(values.processes) }, (_, nth) => shareOf(nth)));
  const sum = (of: (share: Share) => number) => shares.reduce((total, share) => total + of(share), 0);
  const failed = shares.flatMap((each) => each.failed).toSorted((a, b) => a.seed - b.seed);
  const hours = (sum(({ lasted }) => lasted) / 3_600_000).toFixed(1);
  const took = ((performance.now() - began) / 1_000).toFixed(1);
  say(
    `${sum(({ seeds }) => seeds)} seeds, ${failed.length} failed: ${sum(({ wakeUps }) => wakeUps)} wake-ups in ${hours} simulated hours, in ${took} s`,
  );
  if (failed.length > 0) say(`npm run simulate -- --seed ${failed[0]?.seed}   tells the story of the first`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

function shareOf(nth: number): Promise<Share> {
  const child = fork(fileURLToPath(import.meta.url), [
    ...process.argv.slice(2),
    '--processes',
    values.processes,
    '--nth',
    String(nth),
  ]);
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Share));
    child.once('exit', (code) => reject(new Error(`a process ended with ${code} before it had its say`)));
  });
}
