import type { Outcome } from '../../model/destination.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { objectIn } from '../answer-text.ts';
import { judgeCommon, saidIn } from '../judge.ts';
import type { Target } from './settings.ts';

type Answered = Extract<OutboundResult, { kind: 'answered' }>;

/** Where GitHub says no more: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const A_MINUTE_MS = 60_000;

/** A 422 about the workflow, its branch or its inputs: it will be said of the next message too. */
const OF_WORKFLOW =
  /does not have .*trigger|no ref found|unexpected inputs|required input|disabled workflow|workflow is disabled/i;

/** What GitHub's answer to a dispatch means; `now` is ms since 1970. */
export function judgeAnswer(result: OutboundResult, target: Target, now: number): Outcome {
  const waitMs = result.kind === 'answered' ? limitedFor(result, now) : undefined;
  if (result.kind === 'answered' && result.status === 403 && waitMs !== undefined) {
    return { kind: 'retry', reason: `GitHub asks to slow down (${said(result)})`, retryAfterMs: waitMs };
  }
  if (result.kind === 'answered' && result.status >= 300 && result.status < 400) return moved(result.status);
  const common = judgeCommon(result, { title: 'GitHub', key: 'repo', now }, waitMs);
  if (common !== null || result.kind !== 'answered') return common ?? { kind: 'retry', reason: 'no answer' };
  return result.status < 300 ? accepted(result) : refused(result, target);
}

/** Nothing; or the number of the run that it has started. */
function accepted(result: Answered): Outcome {
  const { status, text } = result;
  const run = objectIn(text)?.['workflow_run_id'];
  if (status !== 204 && typeof run !== 'number') {
    return { kind: 'retry', reason: `answered ${said(result)}, but not as GitHub does; check the address of its API` };
  }
  return { kind: 'sent', answer: typeof run === 'number' ? `${status} run ${run}` : String(status) };
}

function moved(status: number): Outcome {
  return { kind: 'broken', reason: `the repository has another name now (${status}): set repo to it` };
}

function refused(result: Answered, target: Target): Outcome {
  const { repo, workflow } = target;
  const words = said(result);
  switch (result.status) {
    case 401:
      return broken(`GitHub refuses the token (${words}): make another, and set token to it`);
    case 403:
      return broken(`the token may not start it (${words}): ${neededPermission(target)}`);
    case 404: {
      const what = workflow === undefined ? repo : `workflow ${workflow} in ${repo}`;
      return broken(
        `there is no ${what} that the token may see (${words}): check its name; ${neededPermission(target)}`,
      );
    }
    case 422:
      if (workflow !== undefined && OF_WORKFLOW.test(result.text))
        return broken(
          `${workflow} cannot be started so (${words}): mend its \`on: workflow_dispatch\`, or ref and inputs`,
        );
  }
  return { kind: 'rejected', reason: `GitHub refused it (${words}); please report it with \`tidings events show\`` };
}

function broken(reason: string): Outcome {
  return { kind: 'broken', reason };
}

/** What a token must be allowed, in words. */
export function neededPermission({ repo, workflow }: Pick<Target, 'repo' | 'workflow'>): string {
  const right = workflow === undefined ? 'Contents' : 'Actions';
  return `a fine-grained token needs "${right}: read and write" of ${repo}, a classic one the scope repo`;
}

/** GitHub's own words, in front of how they are spelt in JSON. */
function said(result: Answered): string {
  const message = objectIn(result.text)?.['message'];
  return saidIn(result, typeof message === 'string' ? message : undefined);
}

/** How long GitHub wants to be left alone, ms. Undefined: it does not say. `Retry-After` stands before the window's end. */
function limitedFor({ status, headers, text }: Answered, now: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const after = wholeOrNull(headers.get('retry-after'));
  if (after !== null) return after * 1000;
  const reset = wholeOrNull(headers.get('x-ratelimit-reset'));
  if (headers.get('x-ratelimit-remaining') === '0' && reset !== null) return Math.max(1_000, reset * 1000 - now);
  return status === 429 || /rate limit/i.test(text) ? A_MINUTE_MS : undefined;
}

function wholeOrNull(text: string | null): number | null {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : null;
}
