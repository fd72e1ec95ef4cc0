import type { Subject } from '../../../../model/activity.ts';
import {
  linkOrNull,
  list,
  numberOrNull,
  type Payload,
  read,
  text,
  textOrNull,
  timeOrNull,
} from '../../../../shared/payload.ts';
import { comparison, endWords, outcomeOf, resultOf, sumOf } from '../../../../telling/hosting/outcome.ts';
import { headlines, RUN_WORDS } from '../../../../telling/hosting/run.ts';
import { between } from '../../../../text/duration.ts';
import { firstLine, repoKey, repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { authorName } from './commit.ts';
import { shortSha } from './ref.ts';
import { pullRequestFact, queueSilence, type RunPlace, runPlace, workflowNames } from './run-place.ts';

const WORDS = wordTable({
  requested: ['Workflow queued', null],
  in_progress: ['Workflow started', null],
});
/** What those that have not ended are doing. */
const DOING: ReadonlyMap<string, string> = new Map([
  ['requested', 'is queued'],
  ['in_progress', 'started'],
]);

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_run: a run is news when it ends. */
export function workflowRun(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const outcome = action === 'completed' ? outcomeOf(textOrNull(payload, 'workflow_run.conclusion'), RUN_WORDS) : null;
  const fork = forkOf(payload);
  const place = placeOfRun(payload, fork);
  const silence = queueSilence(place, outcome);
  if (silence !== null) return silence;
  const words = outcome === null ? wordsFor(action, WORDS, 'workflow') : endWords('Workflow', outcome);
  const became = outcome?.became ?? DOING.get(action) ?? null;
  return {
    ...told(action, words),
    became: became && `${became}${place.where}`,
    subject: runSubject(payload),
    facts: [cause(payload), outcome && duration(payload), pullRequestFact(place), runFact(payload)],
    sum: outcome && sumOf('workflow run', outcome),
    branch: place.branch,
    pullRequest: place.pullRequest,
    isFork: fork !== null,
    workflow: workflowNames(payload),
    conclusion: outcome?.conclusion ?? null,
    result:
      outcome &&
      resultOf(outcome, nameOf(payload, place), runOf(payload), comparison(headlines('workflow'), place.where)),
    occurredAt: timeOrNull(payload, 'workflow_run.updated_at'),
  };
}

/** `CI`, `0d95302 Retry uploads`: the workflow, and the commit or pull request it ran for. A name alone where that is all. */
export function runSubject(payload: Payload): Subject {
  const run = read(payload, 'workflow_run');
  const name = textOrNull(payload, 'workflow.name') ?? textOrNull(run, 'name') ?? 'Workflow';
  const what = textOrNull(run, 'display_title') ?? firstLine(textOrNull(run, 'head_commit.message') ?? '');
  const sha = textOrNull(run, 'event') === 'push' ? shortSha(textOrNull(run, 'head_sha')) : null;
  const isSaid = sha === null || what.includes(sha);
  return {
    noun: 'workflow',
    handle: name,
    title: (isSaid ? what : `${sha} ${what}`.trim()) || name,
    url: linkOrNull(run, 'html_url') ?? repositoryPage(payload, '/actions'),
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

/** Who wrote the commit; of a run that no commit set off, what did. A schedule's actor last changed it, and did nothing now. */
function cause(payload: Payload): string | null {
  const event = textOrNull(payload, 'workflow_run.event');
  if (event === 'schedule') return 'on schedule';
  if (event !== 'workflow_dispatch') return authorName(read(payload, 'workflow_run.head_commit.author'));
  const starter = authorName(read(payload, 'workflow_run.triggering_actor') ?? read(payload, 'workflow_run.actor'));
  return starter === null ? 'started by hand' : `started by ${starter}`;
}

function duration(payload: Payload): string | null {
  const started = timeOrNull(payload, 'workflow_run.run_started_at');
  return between(started, timeOrNull(payload, 'workflow_run.updated_at'));
}

/** `run #904`, `run #904, attempt 2` */
export function runFact(payload: Payload): string | null {
  const count = numberOrNull(payload, 'workflow_run.run_number');
  const attempt = numberOrNull(payload, 'workflow_run.run_attempt') ?? 1;
  if (count === null) return attempt > 1 ? `attempt ${attempt}` : null;
  return `run #${count}${attempt > 1 ? `, attempt ${attempt}` : ''}`;
}
