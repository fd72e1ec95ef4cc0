import { linkOrNull, list, type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { repositoryPage } from '../common.ts';
import type { FamilyOutput } from '../family.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { between } from './duration.ts';
import { endWords, outcomeOf } from './outcome.ts';
import { queueSilence, runPlace, workflowNames } from './run-place.ts';
import { WORKFLOW_WORDS } from './workflow-run.ts';

const WORDS = wordTable({
  queued: ['Job queued', null],
  in_progress: ['Job started', null],
  waiting: ['Job waits for approval', null, 'waiting'],
});

/** One job of a workflow's run: `CI / linters`. What failed inside is said by the step's name. */
export function workflowJob(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const outcome =
    action === 'completed' ? outcomeOf(textOrNull(payload, 'workflow_job.conclusion'), WORKFLOW_WORDS) : null;
  const place = runPlace(textOrNull(payload, 'workflow_job.head_branch'), []);
  const silence = queueSilence(place, outcome);
  if (silence !== null) return silence;
  const words = outcome === null ? wordsFor(action, WORDS, 'job') : endWords('Job', outcome);
  const names = [textOrNull(payload, 'workflow_job.workflow_name'), text(payload, 'workflow_job.name')];
  const started = timeOrNull(payload, 'workflow_job.started_at');
  const ended = timeOrNull(payload, 'workflow_job.completed_at');
  return {
    ...told(action, words),
    subject: {
      noun: 'job',
      handle: null,
      title: names.filter((name) => name !== null).join(' / '),
      url: linkOrNull(payload, 'workflow_job.html_url') ?? repositoryPage(payload, '/actions'),
    },
    facts: [place.fact, failedStep(payload), between(started, ended)],
    branch: place.branch,
    pullRequest: place.pullRequest,
    workflow: workflowNames(payload),
    conclusion: outcome?.conclusion ?? null,
    occurredAt: ended ?? started ?? timeOrNull(payload, 'workflow_job.created_at'),
  };
}

/** The first one: what follows it is skipped. */
function failedStep(payload: Payload): string | null {
  const failed = list(payload, 'workflow_job.steps').find((step) => textOrNull(step, 'conclusion') === 'failure');
  const name = textOrNull(failed, 'name');
  return name === null ? null : `failed at ${name}`;
}
