import type { Expected, RuleTest } from '../config/config.ts';
import { traceLines } from '../http/explain/trace-lines.ts';
import type { Colors } from '../model/plugin/talk.ts';
import type { Rehearsal, Rehearsed } from '../model/trial/rehearsal.ts';
import { oneLine } from '../shared/terminal/one-line.ts';
import { iso } from '../shared/time-words.ts';
import { sentence } from '../text/sentence.ts';

export interface Run {
  readonly test: RuleTest;
  readonly made: Rehearsed;
  readonly ok: boolean;
}

/** The test, what became of it, and whether that is what it expects. */
export function runOf(test: RuleTest, made: Rehearsed | undefined): readonly Run[] {
  if (made === undefined) return [];
  return [{ test, made, ok: made.ok && isAsExpected(test, made.rehearsal) }];
}

/** The destinations that are told, in any order, besides those that take all anyway; and whom the message calls and what it says where the test says so. */
export function isAsExpected({ expect, says }: RuleTest, rehearsal: Rehearsal): boolean {
  const told = new Map(toldBy(rehearsal).map(({ destination, called }) => [destination, called]));
  const taken = new Set(rehearsal.taken);
  const isCalled = ({ destination, called }: Expected) =>
    called === null || sameNames(lowered(called), lowered(told.get(destination) ?? []));
  return (
    sameNames(
      expect.map(({ destination }) => destination).filter((name) => !taken.has(name)),
      [...told.keys()].filter((name) => !taken.has(name)),
    ) &&
    expect.every(isCalled) &&
    (says === null || saidBy(rehearsal).every(([, line]) => line === says))
  );
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  const [one, other] = [new Set(a), new Set(b)];
  return one.symmetricDifference(other).size === 0;
}

/** Neither logins nor teams have case. */
function lowered(names: readonly string[]): readonly string[] {
  return names.map((name) => name.toLowerCase());
}

/** Destination → the line that is told there. */
export function saidBy({ activities }: Rehearsal): readonly (readonly [destination: string, line: string])[] {
  return Array.from(activities, ([destination, activity]) => [destination, sentence(activity)] as const);
}

function toldBy({ tell }: Rehearsal) {
  return tell.map(({ destination, mentions }) => ({ destination, called: mentions.map(({ name }) => name) }));
}

/** As a person reads it: a line where it passed, and why where it did not. */
export function runLines(run: Run, colors: Colors): readonly string[] {
  const { test, made, ok } = run;
  const title = `${ok ? colors.green('✓') : colors.red('✗')} ${oneLine(test.name)}`;
  if (!made.ok) return [title, `    ${oneLine(made.problem)}`];
  const taken = made.rehearsal.taken.map((name) => `${name} takes all`);
  const held = [...heldOf(run).map(([destination, until]) => `${destination}: held until ${until}`), ...taken];
  if (ok) {
    const notes = held.length > 0 ? colors.dim(`  (${held.join(', ')})`) : '';
    return [title + notes, ...wordLines(run, made.rehearsal, colors)];
  }
  return [title, ...differenceLines(test, made.rehearsal, held, colors).map((line) => `    ${line}`)];
}

/** What templates make of it, where the test does not say what they should; and which of them fail. */
function wordLines({ test }: Run, { trace, activities }: Rehearsal, colors: Colors): readonly string[] {
  const isWorded = [...activities.values()].some(({ said }) => said.sentence !== null);
  const failed = trace?.worded?.some(({ why }) => why !== undefined) ?? false;
  if (!failed && (!isWorded || test.says !== null)) return [];
  const lines = Array.from(activities, ([name, activity]) => `${name} says  ${sentence(activity)}`);
  const why = traceLines({ kind: null, rules: [], ...(trace?.worded && { worded: trace.worded }) }, colors);
  return [...lines, ...(failed ? why.slice(0, -1) : [])].map((line) => colors.dim(`    ${line}`));
}

function differenceLines(
  { expect, says }: RuleTest,
  rehearsal: Rehearsal,
  held: readonly string[],
  colors: Colors,
): readonly string[] {
  const { trace, reason, wantsPaths } = rehearsal;
  const asked = new Set(expect.flatMap(({ destination, called }) => (called === null ? [] : [destination])));
  const told = toldBy(rehearsal).map((each) => (asked.has(each.destination) ? each : { ...each, called: null }));
  const isUncalled = expect.some(
    ({ destination, called }) =>
      told.find((each) => each.destination === destination)?.called?.length === 0 &&
      called !== null &&
      called.length > 0,
  );
  return [
    `expected  ${listed(expect)}`,
    `got       ${listed(told)}`,
    ...(says === null
      ? []
      : [`to say    ${oneLine(says)}`, ...saidBy(rehearsal).map(([name, line]) => `${name} says  ${line}`)]),
    ...held,
    ...traceLines(trace, colors).slice(0, -1),
    ...(trace === null && reason !== null ? [oneLine(reason)] : []),
    ...(isUncalled
      ? ['A message calls whom `mention` asks for and `people` or `teams` know, and never who did it.']
      : []),
    ...(wantsPaths
      ? ['Which files a pull request changes stands in no payload: say so in the test, as in `files: [src/a.ts]`.']
      : []),
  ];
}

/** Quiet hours matter to a test that says when it happens. */
export function heldOf({ test, made }: Run): readonly (readonly [destination: string, until: string])[] {
  if (test.at === null || !made.ok) return [];
  return made.rehearsal.tell.flatMap(({ destination, notBefore }) =>
    notBefore === null ? [] : [[destination, iso(notBefore)] as const],
  );
}

/** `team, desk (calls mona, acme/backend)` */
function listed(told: readonly Expected[]): string {
  const words = told.map(({ destination, called }) =>
    called === null ? destination : `${destination} (calls ${called.join(', ') || 'nobody'})`,
  );
  return words.join(', ') || 'nobody';
}
