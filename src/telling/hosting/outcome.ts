import type { RunResult, Sum, Tone } from '../../model/activity.ts';
import type { Transition } from '../../model/scales.ts';
import type { Words } from './words.ts';

/** How something ended. `passed` null: without a verdict, so that there is nothing to compare. */
export interface Outcome {
  /** As GitHub names it; other hosts' names are led to it. */
  readonly conclusion: string | null;
  /** Behind a noun, in a headline: `cancelled`. */
  readonly words: string;
  /** Behind a name, in a sentence: `was cancelled`. */
  readonly became: string;
  readonly tone: Tone;
  readonly passed: boolean | null;
}

type Known = Omit<Outcome, 'conclusion' | 'became'> & { readonly became?: string };

/**
 * https://docs.github.com/en/rest/checks/runs names these, workflows add `startup_failure`, commit statuses and
 * deployments `error`. One that a host invents is `finished`.
 */
const OUTCOMES: ReadonlyMap<string, Known> = new Map([
  ['success', { words: 'passed', tone: 'good', passed: true }],
  ['failure', { words: 'failed', tone: 'bad', passed: false }],
  ['error', { words: 'failed', tone: 'bad', passed: false }],
  ['timed_out', { words: 'timed out', tone: 'bad', passed: false }],
  ['startup_failure', { words: 'failed to start', tone: 'bad', passed: false }],
  ['action_required', { words: 'waits for action', tone: 'waiting', passed: null }],
  ['cancelled', { words: 'cancelled', became: 'was cancelled', tone: 'neutral', passed: null }],
  ['skipped', { words: 'skipped', became: 'was skipped', tone: 'neutral', passed: null }],
  ['stale', { words: 'went stale', tone: 'neutral', passed: null }],
]);
const FINISHED: Known = { words: 'finished', tone: 'neutral', passed: null };

/** Words that fit better what ended, by conclusion. */
type Others = Readonly<Record<string, { readonly words: string; readonly became?: string }>>;

export function outcomeOf(conclusion: string | null, others: Others = {}): Outcome {
  const known = OUTCOMES.get(conclusion ?? '') ?? FINISHED;
  const other = conclusion !== null && Object.hasOwn(others, conclusion) ? others[conclusion] : undefined;
  return { ...known, became: known.became ?? known.words, ...other, conclusion };
}

/** `Workflow failed`, in the tone of how it ended. Nobody did it: there is no `did`. */
export function endWords(noun: string, { words, tone }: Outcome): Words {
  return { headline: `${noun} ${words}`, did: null, tone };
}

/** `3 checks: 2 passed, 1 failed` */
export function sumOf(noun: string, { words }: Outcome): Sum {
  const wait = words.replace(/^waits /, 'wait ');
  return { noun, part: wait === words ? words : [words, wait], alone: null };
}

/** What is said once it is known how it compares with the result before. A first failure or success says enough already. */
export interface Comparison {
  readonly headlines: Readonly<Record<Exclude<Transition, 'still_passing'>, string>>;
  readonly becomes: Readonly<Partial<Record<'still_broken' | 'fixed', string>>>;
}

/** Of what runs on a branch: `still fails on main`. */
export function comparison(headlines: Comparison['headlines'], where: string): Comparison {
  return { headlines, becomes: { still_broken: `still fails${where}`, fixed: `passes again${where}` } };
}

const KEY_LIMIT = 400;

/**
 * The result of something that recurs; null when it ended without a verdict, or a part of its name is not known. A
 * failure of an unusual kind keeps saying which: `Workflow timed out`.
 */
export function resultOf(
  outcome: Outcome,
  name: readonly (string | number | null)[],
  run: string,
  { headlines, becomes }: Comparison,
): RunResult | null {
  if (outcome.passed === null || name.includes(null)) return null;
  const isUnusual = !outcome.passed && outcome.words !== 'failed';
  const again = (words: string) => (isUnusual ? `${words} (${outcome.words})` : words);
  const { broke, still_broken, fixed } = headlines;
  return {
    key: stored(name.join(' ')),
    run: stored(run),
    passed: outcome.passed,
    headlines: { ...(isUnusual ? {} : { broke }), still_broken: again(still_broken), fixed },
    becomes: { ...becomes, ...(becomes.still_broken && { still_broken: again(becomes.still_broken) }) },
  };
}

/** A database takes neither NUL nor half a code point, and keys are short. */
function stored(key: string): string {
  return key
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, KEY_LIMIT)
    .toWellFormed();
}
