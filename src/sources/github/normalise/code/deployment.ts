import { linkOrNull, numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { spaced } from '../../../../text/words.ts';
import { repoKey, repositoryPage } from '../common.ts';
import type { ActivityParts, FamilyOutput } from '../family.ts';
import { besideActor } from '../people.ts';
import { told, type Words, wordsFor, wordTable } from '../words.ts';
import { between } from './duration.ts';
import { endWords, type Headlines, outcomeOf, resultOf } from './outcome.ts';
import { branchFact, isSha, refOf, shortSha } from './ref.ts';
import { runPlace, workflowNames } from './run-place.ts';

const WORDS = wordTable({ created: ['Deployment started', 'started {it}'] });

/** Those that do not end; of `inactive`, a newer deployment is the reason. */
const ON_THE_WAY: ReadonlyMap<string, Words> = wordTable({
  pending: ['Deployment pending', null],
  queued: ['Deployment queued', null],
  in_progress: ['Deployment in progress', null],
  waiting: ['Deployment waits for approval', null, 'waiting'],
  inactive: ['Deployment replaced', null],
});
const ENDS: ReadonlySet<string> = new Set(['success', 'failure', 'error']);
const DEPLOYMENT_WORDS = { success: 'succeeded' };

const HEADLINES: Headlines = {
  broke: 'Deployment failed',
  still_broken: 'Deployment failed again',
  fixed: 'Deployment works again',
};

export function deployment(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const page = linkOrNull(payload, 'workflow_run.html_url') ?? repositoryPage(payload, '/deployments');
  return {
    ...told(action, wordsFor(action, WORDS, 'deployment')),
    ...deploymentParts(payload, page),
    facts: [...placeFacts(payload), textOrNull(payload, 'deployment.description')],
    occurredAt: timeOrNull(payload, 'deployment.created_at'),
  };
}

/** One deployment sends several of these: only its end is news, whatever the rules' `on:` says of `created`. */
export function deploymentStatus(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const state = text(payload, 'deployment_status.state');
  const ends = ENDS.has(state);
  const outcome = outcomeOf(state, DEPLOYMENT_WORDS);
  const at = timeOrNull(payload, 'deployment_status.created_at');
  const words: Words = ends
    ? endWords('Deployment', outcome)
    : (ON_THE_WAY.get(state) ?? { headline: `Deployment ${spaced(state)}`, did: null, tone: 'neutral' });
  const parts = deploymentParts(payload, pageOf(payload, state));
  return {
    ...told(action, words),
    ...parts,
    isMinor: !ends,
    facts: [
      ...placeFacts(payload),
      besideActor(payload, 'started by', 'deployment.creator.login'),
      ends ? between(timeOrNull(payload, 'deployment.created_at'), at) : null,
      textOrNull(payload, 'deployment_status.description'),
    ],
    conclusion: ends || state === 'inactive' ? state : null,
    result: ends
      ? resultOf(
          outcome,
          ['deployment', repoKey(payload), environmentOf(payload), task(payload) ?? 'deploy'],
          String(numberOrNull(payload, 'deployment.id')),
          HEADLINES,
        )
      : null,
    occurredAt: at,
  };
}

/** Who sees that it succeeded wants the site, who sees that it failed the log. */
function pageOf(payload: Payload, state: string): string {
  const site = linkOrNull(payload, 'deployment_status.environment_url');
  const log = linkOrNull(payload, 'deployment_status.log_url') ?? linkOrNull(payload, 'deployment_status.target_url');
  const run = linkOrNull(payload, 'workflow_run.html_url') ?? repositoryPage(payload, '/deployments');
  return (state === 'success' ? (site ?? log) : (log ?? site)) ?? run;
}

/** What every event about a deployment says of it. Its environment is the title; the ref may be a branch, a tag or a commit. */
export function deploymentParts(
  payload: Payload,
  url: string,
): Pick<ActivityParts, 'subject' | 'branch' | 'pullRequest' | 'workflow'> {
  const ref = textOrNull(payload, 'deployment.ref');
  const place = runPlace(ref === null || isSha(ref) ? null : branchOf(ref), []);
  return {
    subject: { noun: 'deployment', handle: null, title: environmentOf(payload), url },
    branch: place.branch,
    pullRequest: place.pullRequest,
    workflow: workflowNames(payload),
  };
}

function branchOf(ref: string): string | null {
  const { noun, name } = refOf(ref);
  return noun === 'branch' ? name : null;
}

/** `main`, `6113728`, and the task where it is not the usual one. */
export function placeFacts(payload: Payload): readonly (string | null)[] {
  const ref = textOrNull(payload, 'deployment.ref');
  const sha = shortSha(textOrNull(payload, 'deployment.sha'));
  const name = ref === null || isSha(ref) ? null : branchFact(refOf(ref).name);
  return [name ?? sha, task(payload)];
}

function environmentOf(payload: Payload): string {
  return (
    textOrNull(payload, 'deployment_status.environment') ??
    textOrNull(payload, 'environment') ??
    text(payload, 'deployment.environment')
  );
}

function task(payload: Payload): string | null {
  const name = textOrNull(payload, 'deployment.task');
  return name === null || name === 'deploy' ? null : spaced(name);
}
