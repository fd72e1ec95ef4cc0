import { issueComment, pullRequestReviewComment } from './comments.ts';
import { issues } from './issues.ts';
import { pullRequest } from './pull-request.ts';
import { pullRequestReview } from './pull-request-review.ts';
import { push } from './push.ts';
import { create, remove } from './refs.ts';
import { release } from './release.ts';
import { fork, star } from './stars.ts';
import type { Family } from './verdict.ts';
import { workflowRun } from './workflow-run.ts';

/** `X-GitHub-Event` → who tells it. A new family is a file beside this one and a line here. */
export const FAMILIES: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['create', create],
  ['delete', remove],
  ['fork', fork],
  ['issue_comment', issueComment],
  ['issues', issues],
  ['pull_request', pullRequest],
  ['pull_request_review', pullRequestReview],
  ['pull_request_review_comment', pullRequestReviewComment],
  ['push', push],
  ['release', release],
  ['star', star],
  ['workflow_run', workflowRun],
]);
