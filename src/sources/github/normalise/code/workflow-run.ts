import {
  linkOrNull,
  list,
  numberOrNull,
  type Payload,
  text,
  textOrNull,
  timeOrNull,
} from '../../../../shared/payload.ts';
import { repoKey, repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { between } from './duration.ts';
import { endWords, type Headlines, outcomeOf, resultOf } from './outcome.ts';
import { pullRequestFact, queueSilence, type RunPlace, runPlace, workflowNames } from './run-place.ts';

export const WORKFLOW_WORDS = { success: 'succeeded', action_required: 'waits for approval' };

const WORDS = wordTable({
  requested: ['Workflow queued', null],
  in_progress: ['Workflow started', null],
});

const HEADLINES: Headlines = {
  broke: 'Workflow broke',
  still_broken: 'Workflow still broken',
  fixed: 'Workflow fixed',
};

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_run: a run is news when it ends. */
export function workflowRun(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const outcome =
    action === 'completed' ? outcomeOf(textOrNull(payload, 'workflow_run.conclusion'), WORKFLOW_WORDS) : null;
  const fork = forkOf(payload);
  const place = placeOfRun(payload, fork);
  const silence = queueSilence(place, outcome);
  if (silence !== null) return silence;
  const words = outcome === null ? wordsFor(action, WORDS, 'workflow') : endWords('Workflow', outcome);
  return {
    ...told(action, words),
    subject: runSubject(payload),
    facts: [place.fact, pullRequestFact(place), trigger(payload), outcome && duration(payload), attempt(payload)],
    branch: place.branch,
    pullRequest: place.pullRequest,
    isFork: fork !== null,
    workflow: workflowNames(payload),
    conclusion: outcome?.conclusion ?? null,
    result: outcome && resultOf(outcome, nameOf(payload, place), runOf(payload), HEADLINES),
    occurredAt: timeOrNull(payload, 'workflow_run.updated_at'),
  };
}

/** `#904`, `CI: Retry uploads`: the workflow, and the commit or pull request it ran for. */
export function runSubject(payload: Payload) {
  const runNumber = numberOrNull(payload, 'workflow_run.run_number');
  const name = textOrNull(payload, 'workflow_run.name') ?? textOrNull(payload, 'workflow.name') ?? 'Workflow';
  const what = textOrNull(payload, 'workflow_run.display_title');
  return {
    noun: 'workflow',
    handle: runNumber === null ? null : `#${runNumber}`,
    title: what === null || what === name ? name : `${name}: ${what}`,
    url: linkOrNull(payload, 'workflow_run.html_url') ?? repositoryPage(payload, '/actions'),
  };
}

export function placeOfRun(payload: Payload, fork = forkOf(payload)): RunPlace {
  const branch = textOrNull(payload, 'workflow_run.head_branch');
  return runPlace(branch, list(payload, 'workflow_run.pull_requests'), fork);
}

/** Whose fork it ran for; null for the repository's own branches. */
function forkOf(payload: Payload): string | null {
  const head = textOrNull(payload, 'workflow_run.head_repository.full_name');
  const own = textOrNull(payload, 'repository.full_name');
  if (head === null || own === null || head.toLowerCase() === own.toLowerCase()) return null;
  return textOrNull(payload, 'workflow_run.head_repository.owner.login') ?? head.split('/', 1)[0] ?? head;
}

function nameOf(payload: Payload, { branch }: RunPlace): readonly (string | number | null)[] {
  const workflow = numberOrNull(payload, 'workflow_run.workflow_id') ?? numberOrNull(payload, 'workflow.id');
  return ['workflow_run', repoKey(payload), workflow, branch];
}

/** A second attempt is another result: it is how a flaky run is fixed. */
function runOf(payload: Payload): string {
  return `${numberOrNull(payload, 'workflow_run.id')} ${numberOrNull(payload, 'workflow_run.run_attempt') ?? 1}`;
}

/** Who is named as the actor of a scheduled run last changed the schedule, and did nothing now. */
function trigger(payload: Payload): string | null {
  return textOrNull(payload, 'workflow_run.event') === 'schedule' ? 'on schedule' : null;
}

function duration(payload: Payload): string | null {
  const started = timeOrNull(payload, 'workflow_run.run_started_at');
  return between(started, timeOrNull(payload, 'workflow_run.updated_at'));
}

function attempt(payload: Payload): string | null {
  const count = numberOrNull(payload, 'workflow_run.run_attempt');
  return count === null || count <= 1 ? null : `attempt ${count}`;
}
