import { duration } from '../../text/duration.ts';
import { capitalised, counted } from '../../text/words.ts';
import { asWords } from '../parts.ts';
import type { Told } from '../told.ts';
import { type Comparison, comparison, endWords, outcomeOf, resultOf, sumOf } from './outcome.ts';
import { asRef, onBranch } from './ref.ts';

/** A pipeline, a build, a job or a check, as its provider's payload has it. */
export interface Run {
  /** `pipeline`, `build`, `workflow`, `job`, `check` */
  readonly noun: string;
  /** What it is called, `CI`, `build / linters`. Without one: `Pipeline`. */
  readonly name: string | null;
  /** What it ran for: `0d95302 Retry uploads`. */
  readonly title: string | null;
  readonly url: string | null;
  /**
   * How it ended, by GitHub's names: `success`, `failure`, `error`, `timed_out`, `startup_failure`, `action_required`, `cancelled`,
   * `skipped`, `stale`. Null: it has not ended.
   */
  readonly conclusion: string | null;
  /** What one that has not ended is doing: `queued`, `started`, `waits for approval` or for whatever else; or any word. */
  readonly doing?: string | null;
  readonly branch: string | null;
  /** Whose fork it ran for. */
  readonly fork?: string | null;
  readonly tag?: string | null;
  readonly number?: number | null;
  /** The same of each run, `acme/api 12 main`, and which it is: what its result is compared by. Null: it does not recur. */
  readonly key: string | null;
  readonly id: string | null;
  /** How long it took, in ms. */
  readonly lasted?: number | null;
  /** Names that rules ask for as `workflows`. */
  readonly workflow?: readonly string[];
  /** `#12`, `!12`: the request it ran for, and its number. */
  readonly request?: { readonly handle: string; readonly number: number } | null;
  /** In front of how long it took: who wrote the commit. */
  readonly cause?: string | null;
  readonly facts?: readonly (string | null)[];
}

const DOING: Readonly<Record<string, string>> = {
  queued: 'is queued',
  started: 'started',
};

/** As GitHub tells a workflow or a check: `CI failed on main: 0d95302 Retry uploads`. */
export function runTold(run: Run): Told {
  const { noun, conclusion, doing = null, branch, fork = null } = run;
  const isCheck = noun === 'check';
  const outcome = conclusion === null ? null : outcomeOf(conclusion, isCheck ? {} : RUN_WORDS);
  const ref = branch !== null && fork !== null ? `${fork}:${branch}` : branch;
  const where = ref === null && run.tag ? ` for ${asWords(asRef(run.tag))}` : onBranch(ref);
  const name = run.name ?? capitalised(noun);
  const isWaiting = doing?.startsWith('waits') === true;
  const words =
    outcome === null
      ? { headline: `${capitalised(noun)} ${doing ?? 'changed'}`, tone: isWaiting ? ('waiting' as const) : undefined }
      : endWords(capitalised(noun), outcome);
  const became = outcome?.became ?? (doing === null ? null : (DOING[doing] ?? (isWaiting ? doing : `is ${doing}`)));
  return {
    headline: words.headline,
    tone: words.tone ?? 'neutral',
    became: became && `${became}${where}`,
    noun,
    handle: name,
    title: run.title || name,
    url: run.url,
    facts: [
      run.cause ?? null,
      ...(run.facts ?? []),
      outcome && lastedText(run.lasted ?? null),
      run.request?.handle ?? null,
    ],
    sum: outcome && sumOf(noun === 'workflow' ? 'workflow run' : noun, outcome),
    result:
      outcome && run.id !== null && run.key !== null
        ? resultOf(outcome, [noun, run.key], run.id, comparison(isCheck ? CHECK_HEADLINES : headlines(noun), where))
        : null,
    facets: {
      branch: ref,
      tag: run.tag ?? null,
      conclusion,
      workflow: run.workflow ?? [],
      isFork: fork !== null,
      pullRequest: run.request?.number ?? null,
    },
  };
}

/** How a run says that it went well, and what it waits for. */
export const RUN_WORDS = {
  success: { words: 'succeeded' },
  action_required: { words: 'waits for approval', became: 'waits for approval' },
};

/** A check says yes or no to a commit: it does not break, what it looks at does. */
export const CHECK_HEADLINES: Comparison['headlines'] = {
  broke: 'Check failed',
  still_broken: 'Check still failing',
  fixed: 'Check passes again',
};

/** `Workflow broke` */
export function headlines(noun: string): Comparison['headlines'] {
  const name = capitalised(noun);
  return { broke: `${name} broke`, still_broken: `${name} still broken`, fixed: `${name} fixed` };
}

function lastedText(ms: number | null): string | null {
  return ms === null || ms <= 0 ? null : duration(ms);
}

/** `failed at build, test`: which of its jobs did. */
export function failedAt(jobs: readonly string[]): string | null {
  if (jobs.length === 0) return null;
  const shown = jobs.slice(0, 3).map(asWords).join(', ');
  return `failed at ${jobs.length > 3 ? `${shown} and ${counted(jobs.length - 3, 'more job')}` : shown}`;
}
