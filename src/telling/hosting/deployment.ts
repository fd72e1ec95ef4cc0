import type { RunResult, Sum } from '../../model/activity.ts';
import { between } from '../../text/duration.ts';
import { spaced } from '../../text/words.ts';
import { asWords } from '../parts.ts';
import type { Told } from '../told.ts';
import { type Comparison, endWords, type Outcome, outcomeOf, resultOf } from './outcome.ts';
import { shortSha } from './ref.ts';
import type { Words } from './words.ts';

/** Those that do not end; of `inactive`, a newer deployment is the reason. */
export const ON_THE_WAY: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['created', { headline: 'Deployment started', did: null, tone: 'neutral' }],
  ['pending', { headline: 'Deployment pending', did: null, tone: 'neutral' }],
  ['queued', { headline: 'Deployment queued', did: null, tone: 'neutral' }],
  ['in_progress', { headline: 'Deployment in progress', did: null, tone: 'neutral' }],
  ['waiting', { headline: 'Deployment waits for approval', did: null, tone: 'waiting' }],
  ['inactive', { headline: 'Deployment replaced', did: null, tone: 'neutral' }],
]);
/** What they are doing. */
export const DOING: ReadonlyMap<string, string> = new Map([
  ['pending', 'is pending'],
  ['queued', 'is queued'],
  ['in_progress', 'is in progress'],
  ['waiting', 'waits for approval'],
  ['inactive', 'was replaced'],
]);
const ENDS: ReadonlySet<string> = new Set(['success', 'failure', 'error', 'cancelled', 'skipped']);
const DEPLOYMENT_WORDS = { success: { words: 'succeeded' } };

export const DEPLOYMENT_HEADLINES: Comparison['headlines'] = {
  broke: 'Deployment failed',
  still_broken: 'Deployment failed again',
  fixed: 'Deployment works again',
};

export interface Deployment {
  readonly environment: string;
  /** By GitHub's names: `created`, `in_progress`, `waiting`, `success`, `failure`, `cancelled`… */
  readonly state: string;
  /** Branch or tag; and what it was at. */
  readonly ref: string | null;
  readonly branch?: string | null;
  readonly tag?: string | null;
  readonly sha: string | null;
  readonly url: string | null;
  readonly startedAt?: number | null;
  readonly endedAt?: number | null;
  /** Whether somebody is known who deployed: the envelope's actor. */
  readonly isByPerson: boolean;
  /** Login, for what the sentence does not begin with. */
  readonly by?: string | null;
  /** `acme/api`; and which deployment: what its result is compared by. Null: it is not. */
  readonly repo: string | null;
  readonly id: string | null;
  readonly facts?: readonly (string | null)[];
}

/** As GitHub tells it: `mona deployed main (3dce5c8) to production`, `production deploy of main failed`. */
export function deploymentTold(deployment: Deployment): Told {
  const { environment, state, startedAt = null, endedAt = null } = deployment;
  const outcome = ENDS.has(state) ? outcomeOf(state, DEPLOYMENT_WORDS) : null;
  const started = state === 'created' ? 'started deploying' : null;
  const verb = outcome?.passed === true ? 'deployed' : started;
  const isDone = verb !== null && deployment.isByPerson;
  const words = outcome === null ? onTheWay(state) : endWords('Deployment', outcome);
  const ended = outcome?.passed === true ? outcome.words : outcome?.became;
  const doing = ended ?? DOING.get(state) ?? (started ? 'started' : `is ${asWords(spaced(state))}`);
  return {
    ...words,
    did: isDone ? [verb, deployedRef(deployment), 'to {it}'].filter(Boolean).join(' ') : null,
    became: isDone ? null : `${deployOf(deployment)} ${doing}`,
    noun: '',
    handle: environment,
    title: environment,
    url: deployment.url,
    isMinor: outcome === null,
    facts: [
      isDone || !deployment.by ? null : `started by ${deployment.by}`,
      outcome && between(startedAt, endedAt),
      ...(deployment.facts ?? []),
    ],
    sum: sumOf(environment, outcome, started !== null),
    facets: {
      environment,
      branch: deployment.branch ?? null,
      tag: deployment.tag ?? null,
      conclusion: outcome === null && state !== 'inactive' ? null : state,
    },
    result: outcome && comparedTo(deployment, outcome),
  };
}

function onTheWay(state: string): Words {
  return ON_THE_WAY.get(state) ?? { headline: `Deployment ${spaced(state)}`, did: null, tone: 'neutral' };
}

function sumOf(environment: string, outcome: Outcome | null, isStarted: boolean): Sum | null {
  if (outcome === null) return isStarted ? { noun: 'deployment', part: 'started', alone: null } : null;
  const end = outcome.passed === true ? '' : ` ${outcome.words}`;
  return { noun: 'deployment', part: `to ${asWords(environment)}${end}`, alone: null };
}

/** With the deployment before it to the same environment. */
function comparedTo(deployment: Deployment, outcome: Outcome): RunResult | null {
  const { repo, environment, id } = deployment;
  if (repo === null || id === null) return null;
  return resultOf(outcome, ['deployment', repo.toLowerCase(), environment], id, {
    headlines: DEPLOYMENT_HEADLINES,
    becomes: { still_broken: `${deployOf(deployment)} failed again` },
  });
}

/** Behind the environment: `deploy of main (3dce5c8)`. */
function deployOf(deployment: Deployment): string {
  const deployed = deployedRef(deployment);
  return deployed === '' ? 'deploy' : `deploy of ${deployed}`;
}

/** `main (3dce5c8)`, `3dce5c8`; '' where nobody says what is deployed. */
function deployedRef({ ref, sha }: Pick<Deployment, 'ref' | 'sha'>): string {
  const commit = asWords(shortSha(sha) ?? '');
  if (ref === null) return commit;
  return commit === '' ? asWords(ref) : `${asWords(ref)} (${commit})`;
}
