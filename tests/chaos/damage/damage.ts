import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { seeded } from '../../support/seeded.ts';
import { makeBase } from './base.ts';
import { type End, type Outcome, tryPlace } from './one-place.ts';
import { type Place, placesIn } from './places.ts';
import { startHere, startProcess } from './subject.ts';

const HELP = `npm run damage -- [--places 200] [--from 0] [--events 3000] [--seed N]

  Damages a database at one place after the other (bits, pages, cuts, the log), starts Tidings on each, delivers, and looks at
  everything. Exit code 1 when something was wrong and nobody said so, or a process ended by itself.
  --process N  every Nth is a process of its own, the others run in this one
  --from N   leave out the first places: of the same seed, the rest is the same
`;

const { values } = parseArgs({
  options: {
    places: { type: 'string', default: '200' },
    from: { type: 'string', default: '0' },
    events: { type: 'string', default: '3000' },
    process: { type: 'string', default: '4' },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const ENDS: readonly End[] = [
  'refused at start',
  'events hurt',
  'structure hurt, nothing lost',
  'stands still',
  'a text changed unnoticed',
  'unnoticed',
];

if (values.help) process.stdout.write(HELP);
else process.exitCode = await main();

async function main(): Promise<number> {
  const seed = Number(values.seed ?? randomInt(1_000_000));
  process.stderr.write(`seed ${seed}: making a database of ${values.events} events …\n`);
  await using base = await makeBase(Number(values.events), seeded(seed));
  const places = (await placesIn(base.folder, Number(values.places), seeded(seed + 1))).slice(Number(values.from));
  const outcomes: Outcome[] = [];
  for (const [n, place] of places.entries()) {
    const began = Date.now();
    const isProcess = (n + Number(values.from)) % Number(values.process) === 0;
    const outcome = await tryPlace(base, place, isProcess ? startProcess : startHere);
    outcomes.push(outcome);
    process.stderr.write(`${n + Number(values.from)} ${said(outcome)} [${Date.now() - began} ms]\n`);
  }
  process.stdout.write(`${tableOf(outcomes).join('\n')}\n`);
  const faulty = outcomes.filter(({ faults }) => faults.length > 0);
  process.stdout.write(`seed ${seed}: ${outcomes.length} places, ${faulty.length} with a fault\n`);
  return faulty.length === 0 ? 0 : 1;
}

function said({ place, end, hurt, faults, words }: Outcome): string {
  return `${place.kind} at ${place.at}: ${end}${hurt > 0 ? ` (${hurt})` : ''} ${words}${faults.map((fault) => `\n  FAULT ${fault}`).join('')}`;
}

function tableOf(outcomes: readonly Outcome[]): readonly string[] {
  const kinds = [...new Set(outcomes.map(({ place }) => place.kind))];
  const count = (kind: Place['kind'], end: End) =>
    outcomes.filter((each) => each.place.kind === kind && each.end === end).length;
  return [
    `| | ${ENDS.join(' | ')} |`,
    `|---|${ENDS.map(() => '---').join('|')}|`,
    ...kinds.map((kind) => `| ${kind} | ${ENDS.map((end) => count(kind, end)).join(' | ')} |`),
  ];
}
