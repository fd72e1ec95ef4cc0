import type { Scene } from '../../../model/plugin/samples.ts';
import { BUG, issue, issueNumber, reactions } from './issue.ts';
import { teammate, user } from './people.ts';
import { pullRequest, pullRequestNumber } from './pull-request.ts';
import type { PayloadMaker } from './scene.ts';
import { at, id, nodeId, pick, sha } from './scene.ts';
import { remark } from './wording.ts';

const API = 'https://api.github.com/repos/acme/api';
const WEB = 'https://github.com/acme/api';

/** Every third sample speaks on a pull request, which GitHub sends as the same event. */
function issueComment(scene: Scene, kind: 'issues' | 'pull'): Readonly<Record<string, unknown>> {
  const databaseId = id(scene, 3);
  const api = `${API}/issues/comments/${databaseId}`;
  return {
    url: api,
    html_url: `${WEB}/${kind}/${issueNumber(scene)}#issuecomment-${databaseId}`,
    issue_url: `${API}/issues/${issueNumber(scene)}`,
    id: databaseId,
    node_id: nodeId('IC', databaseId),
    user: user(teammate(scene, 2)),
    created_at: at(scene),
    updated_at: at(scene),
    body: remark(scene),
    author_association: 'MEMBER',
    reactions: reactions(api),
    performed_via_github_app: null,
  };
}

function reviewComment(scene: Scene): Readonly<Record<string, unknown>> {
  const databaseId = id(scene, 4);
  const api = `${API}/pulls/comments/${databaseId}`;
  const web = `${WEB}/pull/${pullRequestNumber(scene)}#discussion_r${databaseId}`;
  const commit = sha('reviewed', scene.n);
  return {
    url: api,
    pull_request_review_id: id(scene, 5),
    id: databaseId,
    node_id: nodeId('PRRC', databaseId),
    diff_hunk: '@@ -12,6 +12,9 @@ export async function send(request: Request) {\n   const started = clock.now();',
    path: 'src/upload/send.ts',
    commit_id: commit,
    original_commit_id: commit,
    user: user(teammate(scene, 2)),
    body: remark(scene),
    created_at: at(scene),
    updated_at: at(scene),
    html_url: web,
    pull_request_url: `${API}/pulls/${pullRequestNumber(scene)}`,
    _links: {
      self: { href: api },
      html: { href: web },
      pull_request: { href: `${API}/pulls/${pullRequestNumber(scene)}` },
    },
    reactions: reactions(api),
    start_line: null,
    original_start_line: null,
    start_side: null,
    line: 14 + (scene.n % 200),
    original_line: 14 + (scene.n % 200),
    side: 'RIGHT',
    author_association: 'MEMBER',
    original_position: 3,
    position: 3,
    subject_type: 'line',
  };
}

/** Each with words that fit; taken in turn. */
const VERDICTS = [
  ['approved', 'Looks good. Thank you for the test.'],
  ['changes_requested', 'The timer is never cleared when the first try succeeds.'],
  ['commented', 'Two small questions, nothing that blocks.'],
] as const;

function review(scene: Scene, state?: 'dismissed'): Readonly<Record<string, unknown>> {
  const databaseId = id(scene, 5);
  const web = `${WEB}/pull/${pullRequestNumber(scene)}#pullrequestreview-${databaseId}`;
  const [verdict, body] = pick(VERDICTS, scene.n);
  return {
    id: databaseId,
    node_id: nodeId('PRR', databaseId),
    user: user(teammate(scene, 2)),
    body,
    commit_id: sha('reviewed', scene.n),
    submitted_at: at(scene),
    state: state ?? verdict,
    html_url: web,
    pull_request_url: `${API}/pulls/${pullRequestNumber(scene)}`,
    author_association: 'MEMBER',
    _links: { html: { href: web }, pull_request: { href: `${API}/pulls/${pullRequestNumber(scene)}` } },
    updated_at: at(scene),
  };
}

/** `more` is what the action adds beside the issue. */
function withIssue(action: string, more: (scene: Scene) => Readonly<Record<string, unknown>> = () => ({})) {
  return (scene: Scene) => ({
    action,
    issue: issue(scene, {
      isClosed: action === 'closed',
      assignee: action === 'assigned' ? teammate(scene, 3) : undefined,
    }),
    ...more(scene),
  });
}

const assignee = (scene: Scene) => ({ assignee: user(teammate(scene, 3)) });
const label = () => ({ label: BUG });

/** Issues, comments and reviews: what people say to each other. */
export const CONVERSATION: Readonly<Record<string, PayloadMaker>> = {
  'issues.opened': withIssue('opened'),
  'issues.closed': withIssue('closed'),
  'issues.reopened': withIssue('reopened'),
  'issues.assigned': withIssue('assigned', assignee),
  'issues.unassigned': withIssue('unassigned', assignee),
  'issues.labeled': withIssue('labeled', label),
  'issues.unlabeled': withIssue('unlabeled', label),
  'issue_comment.created': (scene) => ({
    action: 'created',
    issue: issue(scene, { isPullRequest: scene.n % 3 === 2 }),
    comment: issueComment(scene, scene.n % 3 === 2 ? 'pull' : 'issues'),
  }),
  'issue_comment.edited': (scene) => ({
    action: 'edited',
    changes: { body: { from: 'I can reproduce this.' } },
    issue: issue(scene),
    comment: issueComment(scene, 'issues'),
  }),
  'issue_comment.deleted': (scene) => ({
    action: 'deleted',
    issue: issue(scene),
    comment: issueComment(scene, 'issues'),
  }),
  'pull_request_review.submitted': (scene) => ({
    action: 'submitted',
    review: review(scene),
    pull_request: pullRequest(scene, { isBrief: true }),
  }),
  'pull_request_review.edited': (scene) => ({
    action: 'edited',
    review: review(scene),
    pull_request: pullRequest(scene, { isBrief: true }),
    changes: { body: { from: 'Looks good.' } },
  }),
  'pull_request_review.dismissed': (scene) => ({
    action: 'dismissed',
    review: review(scene, 'dismissed'),
    pull_request: pullRequest(scene, { isBrief: true }),
  }),
  'pull_request_review_comment.created': (scene) => ({
    action: 'created',
    comment: reviewComment(scene),
    pull_request: pullRequest(scene, { isBrief: true }),
  }),
  'pull_request_review_comment.edited': (scene) => ({
    action: 'edited',
    changes: { body: { from: 'Why this?' } },
    comment: reviewComment(scene),
    pull_request: pullRequest(scene, { isBrief: true }),
  }),
  'pull_request_review_comment.deleted': (scene) => ({
    action: 'deleted',
    comment: reviewComment(scene),
    pull_request: pullRequest(scene, { isBrief: true }),
  }),
};
