import type { Known } from '../../../model/known/card.ts';
import { isObject, type Payload } from '../../../shared/payload.ts';
import { knowCheckRun, knowStatus, knowWorkflowRun } from './check.ts';
import { knowIssue } from './issue.ts';
import { knowPullRequest } from './pull-request.ts';

// A check suite says nothing: its checks do, each by its name. Nor does a merge group, whose commit is nobody's newest: each pull
// request is told when it is queued and when it leaves.
const KNOWING: ReadonlyMap<string, (type: string, payload: Payload) => readonly Known[]> = new Map(
  Object.entries({
    pull_request: knowPullRequest,
    pull_request_review: knowPullRequest,
    pull_request_review_comment: knowPullRequest,
    pull_request_review_thread: knowPullRequest,
    issues: knowIssue,
    issue_comment: knowIssue,
    check_run: knowCheckRun,
    workflow_run: knowWorkflowRun,
    status: knowStatus,
  }),
);

/**
 * What an event says of an issue, a pull request, or a commit's checks, with the time by GitHub's clock from which on it is so. Whatever
 * the payload lacks or has in another form is not said. Pure; never throws.
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
export function know(type: string, payload: unknown): readonly Known[] {
  return isObject(payload) ? (KNOWING.get(type)?.(type, payload) ?? []) : [];
}
