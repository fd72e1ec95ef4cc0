import type { RunResult, Tone } from '../../../../model/activity.ts';
import type { Transition } from '../../../../model/scales.ts';
import type { Words } from '../words.ts';

/** How something ended. `passed` null: without a verdict, so that there is nothing to compare. */
export interface Outcome {
  /** As GitHub names it. */
  readonly conclusion: string | null;
  readonly words: string;
  readonly tone: Tone;
  readonly passed: boolean | null;
}

/**
 * https://docs.github.com/en/rest/checks/runs names these, workflows add `startup_failure`, commit statuses and
 * deployments `error`. One that GitHub invents is `finished`.
 */
const OUTCOMES: ReadonlyMap<string, Omit<Outcome, 'conclusion'>> = new Map([
  ['success', { words: 'passed', tone: 'good', passed: true }],
  ['failure', { words: 'failed', tone: 'bad', passed: false }],
  ['error', { words: 'failed', tone: 'bad', passed: false }],
  ['timed_out', { words: 'timed out', tone: 'bad', passed: false }],
  ['startup_failure', { words: 'failed to start', tone: 'bad', passed: false }],
  ['action_required', { words: 'waits for action', tone: 'waiting', passed: null }],
  ['cancelled', { words: 'cancelled', tone: 'neutral', passed: null }],
  ['skipped', { words: 'skipped', tone: 'neutral', passed: null }],
  ['stale', { words: 'went stale', tone: 'neutral', passed: null }],
]);
const FINISHED: Omit<Outcome, 'conclusion'> = { words: 'finished', tone: 'neutral', passed: null };

/** `others`: words that fit better what ended, by conclusion. */
export function outcomeOf(conclusion: string | null, others: Readonly<Record<string, string>> = {}): Outcome {
  const known = OUTCOMES.get(conclusion ?? '') ?? FINISHED;
  const words = conclusion !== null && Object.hasOwn(others, conclusion) ? others[conclusion] : undefined;
  return { ...known, conclusion, words: words ?? known.words };
}

/** `Workflow failed`, in the tone of how it ended. Nobody did it: there is no `did`. */
export function endWords(noun: string, { words, tone }: Outcome): Words {
  return { headline: `${noun} ${words}`, did: null, tone };
}

/** Once it is known how it compares with the result before. */
export type Headlines = Readonly<Record<Exclude<Transition, 'still_passing'>, string>>;

const KEY_LIMIT = 400;

/**
 * The result of something that recurs; null when it ended without a verdict, or a part of its name is not known. A first
 * failure of an unusual kind keeps its headline, which says more: `Workflow timed out`.
 */
export function resultOf(
  outcome: Outcome,
  name: readonly (string | number | null)[],
  run: string,
  headlines: Headlines,
): RunResult | null {
  if (outcome.passed === null || name.includes(null)) return null;
  const { still_broken, fixed } = headlines;
  const isUnusual = !outcome.passed && outcome.words !== 'failed';
  return {
    key: stored(name.join(' ')),
    run: stored(run),
    passed: outcome.passed,
    headlines: isUnusual ? { still_broken: `${still_broken} (${outcome.words})`, fixed } : headlines,
  };
}

/** A database takes neither NUL nor half a code point, and keys are short. */
function stored(key: string): string {
  return key
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, KEY_LIMIT)
    .toWellFormed();
}
