import { linkOrNull, list, type Payload, read, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { endWords, outcomeOf, sumOf } from '../../../../telling/hosting/outcome.ts';
import { RUN_WORDS } from '../../../../telling/hosting/run.ts';
import { between } from '../../../../text/duration.ts';
import { repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { commitLine } from './commit.ts';
import { queueSilence, runPlace, workflowNames } from './run-place.ts';

const WORDS = wordTable({
  queued: ['Job queued', null],
  in_progress: ['Job started', null],
  waiting: ['Job waits for approval', null, 'waiting'],
});
/** What those that have not ended are doing. */
const DOING: ReadonlyMap<string, string> = new Map([
  ['queued', 'is queued'],
  ['in_progress', 'started'],
  ['waiting', 'waits for approval'],
]);

/** One job of a workflow's run: `CI / linters`. What failed inside is said by the step's name. */
export function workflowJob(payload: Payload): FamilyOutput {
  const job = read(payload, 'workflow_job');
  const action = text(payload, 'action');
  const outcome = action === 'completed' ? outcomeOf(textOrNull(job, 'conclusion'), RUN_WORDS) : null;
  const place = runPlace(textOrNull(job, 'head_branch'), []);
  const silence = queueSilence(place, outcome);
  if (silence !== null) return silence;
  const words = outcome === null ? wordsFor(action, WORDS, 'job') : endWords('Job', outcome);
  const became = outcome?.became ?? DOING.get(action) ?? null;
  const names = [textOrNull(job, 'workflow_name'), textOrNull(job, 'name')].filter((name) => name !== null);
  const name = names.join(' / ') || 'Job';
  const started = timeOrNull(job, 'started_at');
  const ended = timeOrNull(job, 'completed_at');
  return {
    ...told(action, words),
    became: became && `${became}${place.where}`,
    subject: {
      noun: 'job',
      handle: name,
      title: commitLine(textOrNull(job, 'head_sha'), null) || name,
      url: linkOrNull(job, 'html_url') ?? repositoryPage(payload, '/actions'),
    },
    facts: [outcome && failedStep(job), outcome && between(started, ended), outcome && ownRunner(job)],
    sum: outcome && sumOf('job', outcome),
    branch: place.branch,
    pullRequest: place.pullRequest,
    workflow: workflowNames(payload),
    conclusion: outcome?.conclusion ?? null,
    occurredAt: ended ?? started ?? timeOrNull(job, 'created_at'),
  };
}

/** The first one: what follows it is skipped. */
function failedStep(job: unknown): string | null {
  const failed = list(job, 'steps').find((step) => textOrNull(step, 'conclusion') === 'failure');
  const name = textOrNull(failed, 'name');
  return name === null ? null : `failed at ${name}`;
}

/** Which of their own machines it ran on; GitHub's are all alike. */
function ownRunner(job: unknown): string | null {
  const name = list(job, 'labels').includes('self-hosted') ? textOrNull(job, 'runner_name') : null;
  return name === null ? null : `on ${name}`;
}
