import { type Payload, textOrNull } from '../../shared/payload.ts';
import { looksLike, type Shape } from '../../telling/shapes.ts';

const ACTION_RUN = ['action_run_failure', 'action_run_recover', 'action_run_success'];
const REVIEWS = ['pull_request_approved', 'pull_request_rejected', 'pull_request_comment'];

/** Where a comment stands in the thread of a pull request, some versions have that beside the issue. */
const SHAPES: readonly Shape[] = [
  { name: 'push', type: 'push', has: ['ref', 'before', 'after'] },
  { name: 'create', type: 'create', has: ['ref', 'ref_type', 'sha'] },
  { name: 'delete', type: 'delete', has: ['ref', 'ref_type', 'pusher_type'] },
  { name: 'fork', type: 'fork', has: ['forkee'] },
  { name: 'issue_comment', type: 'issue_comment', has: ['comment', 'is_pull'] },
  { name: 'issues', type: 'issues', has: ['issue'], lacks: ['comment'] },
  { name: 'pull_request', type: 'pull_request', has: ['pull_request', 'number'], lacks: ['comment', 'review.type'] },
  ...REVIEWS.map((type): Shape => ({ name: 'a review', type, has: ['pull_request', 'review.type'] })),
  { name: 'release', type: 'release', has: ['release'] },
  { name: 'wiki', type: 'wiki', has: ['page', 'action'] },
  { name: 'package', type: 'package', has: ['package'] },
  { name: 'status', type: 'status', has: ['context', 'state', 'sha'] },
  { name: 'workflow_run', type: 'workflow_run', has: ['workflow_run'] },
  { name: 'workflow_job', type: 'workflow_job', has: ['workflow_job'] },
  ...ACTION_RUN.map((type): Shape => ({ name: 'a run of Forgejo Actions', type, has: ['run', 'prior_status'] })),
];

/**
 * Gitea signs the body, not the header that names the event: whoever captured one delivery can send it again as another. It is
 * one when the payload does not fit its event and fits another. Actions and verdicts stand in the body.
 * @returns in words what it looks like; null: nothing is wrong
 */
export function contradiction(type: string, payload: Payload): string | null {
  const looks = looksLike(SHAPES, { type: plainType(type), action: null }, payload);
  return looks === null ? null : `it came as ${type}, which is not signed, with the payload of ${looks}`;
}

/** Newer versions may call a review by its longer name. */
export function plainType(type: string): string {
  return type.replace(/^pull_request_review_(?=approved$|rejected$|comment$)/, 'pull_request_');
}

/** `approved`, by the body, which is signed. */
export function verdictIn(payload: Payload): string | null {
  return /(approved|rejected|comment)$/.exec(textOrNull(payload, 'review.type') ?? '')?.[1] ?? null;
}
