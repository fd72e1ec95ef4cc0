import type { Activity } from '../../../model/activity.ts';
import type { StoredEvent } from '../../../model/event.ts';
import type { Answer, Inquiry } from '../../../model/inquiry.ts';
import { list, numberOrNull, type Payload, textOrNull } from '../../../shared/payload.ts';
import { cut, oneLine } from '../../../text/plain.ts';
import { parsePayload } from '../payload.ts';
import { answerWithin, isRepository } from './bounded.ts';
import { type ClientSettings, createCalls, GithubError, limitedFor } from './client.ts';

/** Events behind this one in the queue wait as long, for something that is good to know. */
const PATIENCE_MS = 3_000;
/** After no answer nobody is made to wait for the next one. */
const REST_MS = 60_000;
const NAMED = 2;
const FAILED = new Set(['failure', 'timed_out', 'startup_failure']);
const NOTHING: Answer<readonly string[]> = { ok: true, value: [] };

/**
 * Which jobs of a workflow run failed, and at which step: `failed: test (ubuntu) › npm test`. One request for a run that failed:
 * https://docs.github.com/en/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run-attempt
 */
export function createFailedJobs(settings: ClientSettings): Inquiry['details'] {
  const { clock } = settings;
  const calls = createCalls(settings, 'once');
  let restUntil = 0;

  async function failed(path: string): Promise<readonly string[]> {
    try {
      const { data } = await calls.request(`GET ${path}`, { per_page: 100 });
      return failedIn(data as Payload);
    } catch (error) {
      const limitedMs = error instanceof GithubError ? limitedFor(error, clock.now()) : null;
      if (limitedMs !== null) restUntil = clock.now() + limitedMs;
      throw error;
    }
  }

  return async (event, activity, signal) => {
    const path = pathOf(event, activity);
    if (path === null) return NOTHING;
    if (clock.now() < restUntil) return { ok: false, reason: 'GitHub is left alone for a while', mayPass: true };
    const answer = await answerWithin({ clock, patienceMs: PATIENCE_MS, signal }, () => failed(path));
    if (!answer.ok && answer.mayPass) restUntil = Math.max(restUntil, clock.now() + REST_MS);
    return answer;
  };
}

/** Null: there is nothing to ask about such a one. */
function pathOf(event: StoredEvent, { kind, place, facets }: Activity): string | null {
  if (kind !== 'workflow_run.completed' || !FAILED.has(facets.conclusion ?? '')) return null;
  const payload = parsePayload(event);
  const run = numberOrNull(payload, 'workflow_run.id');
  const attempt = numberOrNull(payload, 'workflow_run.run_attempt') ?? 1;
  if (place === null || !isRepository(place.name) || !Number.isSafeInteger(run) || !Number.isSafeInteger(attempt))
    return null;
  return `/repos/${place.name}/actions/runs/${run}/attempts/${attempt}/jobs`;
}

/** Of the first hundred jobs. */
function failedIn(answer: Payload): readonly string[] {
  const jobs = list(answer, 'jobs');
  const names = jobs.filter(hasFailed).map(nameOf);
  if (names.length === 0) return [];
  const hidden = names.length - NAMED;
  const isAll = jobs.length >= (numberOrNull(answer, 'total_count') ?? 0);
  const more = hidden > 0 ? ` and ${isAll ? '' : 'at least '}${hidden} more` : '';
  return [`failed: ${names.slice(0, NAMED).join(', ')}${more}`];
}

function hasFailed(part: unknown): boolean {
  return FAILED.has(textOrNull(part, 'conclusion') ?? '');
}

/** `test (ubuntu) › npm test`. A job can fail between its steps. */
function nameOf(job: unknown): string {
  const step = list(job, 'steps').find(hasFailed);
  const names = [textOrNull(job, 'name') ?? 'a job', step === undefined ? null : textOrNull(step, 'name')];
  return names.flatMap((name) => (name === null ? [] : cut(oneLine(name), 60))).join(' › ');
}
