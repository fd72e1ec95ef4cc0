import type { Known } from '../../../model/known/card.ts';
import { factsAt, ranked } from '../../../model/known/said.ts';
import { type Payload, read, textOrNull, timeOrNull } from '../../../shared/payload.ts';
import { outcomeOf } from '../../../telling/hosting/outcome.ts';
import { threadAt } from '../thread.ts';

type Progress = 'running' | 'passed' | 'failed' | 'skipped';

/** A check of an app. GitHub Actions sends one for each job as well, whose workflow_run says it. */
export function knowCheckRun(_type: string, payload: Payload): readonly Known[] {
  const run = read(payload, 'check_run');
  if (textOrNull(run, 'app.slug') === 'github-actions') return [];
  const progress = progressOf(textOrNull(run, 'status'), textOrNull(run, 'conclusion'));
  const [started, ended] = [timeOrNull(run, 'started_at'), timeOrNull(run, 'completed_at')];
  // One that is queued has not started: its suite is older, and takes back nothing.
  const at = hasEnded(progress) ? latestOf(started, ended) : (started ?? timeOrNull(run, 'check_suite.created_at'));
  return known(
    payload,
    textOrNull(run, 'head_sha'),
    textOrNull(run, 'name') ?? textOrNull(run, 'app.name'),
    progress,
    at,
  );
}

/** `CI`; `CI (push)`, where a workflow runs for a commit and for its pull request, and only one of them may fail. */
export function knowWorkflowRun(_type: string, payload: Payload): readonly Known[] {
  const run = read(payload, 'workflow_run');
  const name = textOrNull(payload, 'workflow.name') ?? textOrNull(run, 'name');
  const cause = textOrNull(run, 'event');
  const isOwn = cause === null || cause === 'pull_request';
  const progress = progressOf(textOrNull(run, 'status'), textOrNull(run, 'conclusion'));
  const called = name === null || isOwn ? name : `${name} (${cause})`;
  return known(payload, textOrNull(run, 'head_sha'), called, progress, timeOrNull(run, 'updated_at'));
}

/** What an outside service says of a commit. */
export function knowStatus(_type: string, payload: Payload): readonly Known[] {
  const state = textOrNull(payload, 'state');
  const progress = state === null ? null : state === 'pending' ? 'running' : verdictOf(state);
  return known(
    payload,
    textOrNull(payload, 'sha'),
    textOrNull(payload, 'context'),
    progress,
    timeOrNull(payload, 'updated_at'),
  );
}

function known(
  payload: Payload,
  sha: string | null,
  name: string | null,
  progress: Progress | null,
  at: number | null,
): readonly Known[] {
  const thread = threadAt(payload, sha);
  if (thread === null || name === null || progress === null) return [];
  // By its receipt, what says no time would count as the newest: that may be the end, and not that it runs.
  if (at === null && !hasEnded(progress)) return [];
  return [{ thread, facts: factsAt(ranked(at, hasEnded(progress) ? 1 : 0), { [`check:${name}`]: progress }) }];
}

/** Smaller payloads say it by a status alone, or by how it ended. */
function progressOf(status: string | null, conclusion: string | null): Progress | null {
  if (conclusion !== null) return verdictOf(conclusion);
  return status === null ? null : status === 'completed' ? 'skipped' : 'running';
}

/** What waits for somebody has not ended; what ended without a verdict keeps nobody waiting. */
function verdictOf(conclusion: string): Progress {
  if (conclusion === 'action_required') return 'running';
  if (conclusion === 'neutral') return 'passed';
  const { passed } = outcomeOf(conclusion);
  return passed === null ? 'skipped' : passed ? 'passed' : 'failed';
}

function hasEnded(progress: Progress | null): boolean {
  return progress !== null && progress !== 'running';
}

function latestOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
