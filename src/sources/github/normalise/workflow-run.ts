import type { Tone } from '../../../model/activity.ts';
import { linkOrNull, numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../payload.ts';
import { repositoryPage } from './common.ts';
import { notToldYet, type Verdict } from './verdict.ts';

/** https://docs.github.com/en/rest/actions/workflow-runs names these and `neutral`; unknown ones are told plainly. */
const CONCLUSIONS: ReadonlyMap<string, readonly [headline: string, tone: Tone]> = new Map([
  ['success', ['Workflow succeeded', 'good']],
  ['failure', ['Workflow failed', 'bad']],
  ['timed_out', ['Workflow timed out', 'bad']],
  ['startup_failure', ['Workflow failed to start', 'bad']],
  ['action_required', ['Workflow waits for approval', 'waiting']],
  ['cancelled', ['Workflow cancelled', 'neutral']],
  ['skipped', ['Workflow skipped', 'neutral']],
  ['stale', ['Workflow went stale', 'neutral']],
]);

/** `requested` and `in_progress` are not told: a run is news when it ends. */
export function workflowRun(payload: Payload): Verdict {
  const action = text(payload, 'action');
  if (action !== 'completed') return notToldYet('workflow_run', action);
  const [headline, tone] = CONCLUSIONS.get(textOrNull(payload, 'workflow_run.conclusion') ?? '') ?? [
    'Workflow finished',
    'neutral',
  ];
  const runNumber = numberOrNull(payload, 'workflow_run.run_number');
  const branch = textOrNull(payload, 'workflow_run.head_branch');
  return {
    kind: 'told',
    action,
    headline,
    tone,
    subject: {
      noun: 'workflow',
      handle: runNumber === null ? null : `#${runNumber}`,
      title: titleOf(payload),
      url: linkOrNull(payload, 'workflow_run.html_url') ?? repositoryPage(payload, '/actions'),
    },
    // A run of a deleted branch or a tag may name no branch.
    facts: [branch, duration(payload), attempt(payload)],
    branch,
    occurredAt: timeOrNull(payload, 'workflow_run.updated_at'),
  };
}

/** `CI: Retry uploads`: the workflow, and the commit or pull request it ran for. */
function titleOf(payload: Payload): string {
  const name = textOrNull(payload, 'workflow_run.name') ?? textOrNull(payload, 'workflow.name') ?? 'Workflow';
  const what = textOrNull(payload, 'workflow_run.display_title');
  return what === null || what === name ? name : `${name}: ${what}`;
}

/** `3 min 7 s`; null when GitHub's clocks do not say. */
function duration(payload: Payload): string | null {
  const started = timeOrNull(payload, 'workflow_run.run_started_at');
  const ended = timeOrNull(payload, 'workflow_run.updated_at');
  if (started === null || ended === null || ended <= started) return null;
  const seconds = Math.round((ended - started) / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function attempt(payload: Payload): string | null {
  const count = numberOrNull(payload, 'workflow_run.run_attempt');
  return count === null || count <= 1 ? null : `attempt ${count}`;
}
