/**
 * `npm run attack`: every test that plays an attacker, a broken machine or a clumsy operator, in its long form. One row a threat.
 * Exit code 1 when something gave way, with what it was. `--only strangers,rules` tries some of them, `--list` names them.
 */
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { THREATS } from '../tests/attack/threats.ts';
import { casesIn } from '../tests/support/long-form.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const KEEP_COMPILED = new URL('keep-compiled.js', import.meta.url).href;

interface Result {
  readonly passed: number;
  readonly failures: readonly string[];
  readonly cases: number;
}

const { values } = parseArgs({ options: { only: { type: 'string' }, list: { type: 'boolean', default: false } } });
const names = values.only?.split(',') ?? Object.keys(THREATS);
const unknown = names.filter((name) => !(name in THREATS));
if (unknown.length > 0) {
  console.error(`no threat is named ${unknown.join(', ')}: ${Object.keys(THREATS).join(', ')}`);
  process.exitCode = 2;
} else if (values.list) {
  for (const name of names) console.log(`${name}\n  ${filesOf(name).join('\n  ')}`);
} else {
  await attackAll();
}

async function attackAll(): Promise<void> {
  process.env['ATTACK'] = 'full';
  print('threat', 'passed', 'failed', 'cases', 'seconds');
  print('---', '--:', '--:', '--:', '--:');
  const results: Result[] = [];
  for (const name of names) {
    const began = performance.now();
    const result = await attack(filesOf(name));
    results.push(result);
    row(name, result, (performance.now() - began) / 1000);
  }
  const failures = results.flatMap((result) => result.failures);
  for (const failure of failures) console.error(`\n${failure}`);
  if (failures.length > 0) process.exitCode = 1;
}

function filesOf(threat: string): readonly string[] {
  return THREATS[threat] ?? [];
}

/** One file after the other: some of them measure memory, and all of them want the processor. */
async function attack(files: readonly string[]): Promise<Result> {
  const failures: string[] = [];
  let [passed, more] = [0, 0];
  const execArgv = ['--import', KEEP_COMPILED];
  const events = run({
    cwd: ROOT,
    files: files.map((file) => ROOT + file),
    execArgv,
    concurrency: 1,
    timeout: 900_000,
  });
  events.on('test:pass', ({ details, skip, todo }) => {
    if (details.type !== 'suite' && skip === undefined && todo === undefined) passed++;
  });
  events.on('test:fail', ({ name, file, details }) => {
    failures.push(`${file ?? ''}: ${name}\n${details.error.message}`);
  });
  events.on('test:diagnostic', ({ message }) => {
    more += (casesIn(message) ?? 1) - 1;
  });
  await new Promise((resolve) => {
    events.on('end', resolve).resume();
  });
  return { passed, failures, cases: passed + failures.length + more };
}

function row(name: string, { passed, failures, cases }: Result, seconds: number): void {
  print(name, ...[passed, failures.length, cases, Math.round(seconds)].map((number) => number.toLocaleString('en-US')));
}

function print(...cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}
