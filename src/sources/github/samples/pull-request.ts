import type { Scene } from '../../../model/plugin/samples.ts';
import { BUG } from './issue.ts';
import { teammate, user } from './people.ts';
import { repository } from './repository.ts';
import { at, id, nodeId, sha } from './scene.ts';
import { branchName, pullRequestBody, pullRequestTitle } from './wording.ts';

const API = 'https://api.github.com/repos/acme/api';
const WEB = 'https://github.com/acme/api';

export function pullRequestNumber({ n }: Scene): number {
  return 512 + n;
}

export interface PullRequestOptions {
  readonly state?: 'open' | 'merged' | 'closed' | undefined;
  readonly isDraft?: boolean | undefined;
  readonly reviewer?: string | undefined;
  readonly assignee?: string | undefined;
  /** Review events embed a pull request without sizes and merge state. */
  readonly isBrief?: boolean | undefined;
}

/** Head or base. Only here a repository carries its merge settings. */
function side(scene: Scene, ref: string): Readonly<Record<string, unknown>> {
  return {
    label: `acme:${ref}`,
    ref,
    sha: sha(ref, scene.n),
    user: user('acme', 'Organization'),
    repo: {
      ...repository(scene),
      allow_squash_merge: true,
      allow_merge_commit: true,
      allow_rebase_merge: true,
      allow_auto_merge: false,
      delete_branch_on_merge: true,
      allow_update_branch: false,
      use_squash_pr_title_as_default: false,
      squash_merge_commit_message: 'COMMIT_MESSAGES',
      squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
      merge_commit_message: 'PR_TITLE',
      merge_commit_title: 'MERGE_MESSAGE',
    },
  };
}

/** The same addresses again, in the form of HAL. */
function links(api: string, issueApi: string, web: string, head: string): Readonly<Record<string, unknown>> {
  return {
    self: { href: api },
    html: { href: web },
    issue: { href: issueApi },
    comments: { href: `${issueApi}/comments` },
    review_comments: { href: `${api}/comments` },
    review_comment: { href: `${API}/pulls/comments{/number}` },
    commits: { href: `${api}/commits` },
    statuses: { href: `${API}/statuses/${head}` },
  };
}

/** A pull request as GitHub embeds it, about 20 kB: both sides carry their whole repository. */
export function pullRequest(scene: Scene, options: PullRequestOptions = {}): Readonly<Record<string, unknown>> {
  const number = pullRequestNumber(scene);
  const [api, issueApi, web] = [`${API}/pulls/${number}`, `${API}/issues/${number}`, `${WEB}/pull/${number}`];
  const databaseId = id(scene, 2);
  const state = options.state ?? 'open';
  const branch = branchName(scene);
  const head = sha(branch, scene.n);
  const assignee = options.assignee === undefined ? null : user(options.assignee);
  return {
    url: api,
    id: databaseId,
    node_id: nodeId('PR', databaseId),
    html_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    issue_url: issueApi,
    number,
    state: state === 'open' ? 'open' : 'closed',
    locked: false,
    title: pullRequestTitle(scene),
    user: user(teammate(scene)),
    body: pullRequestBody(scene),
    created_at: at(scene, 9_000),
    updated_at: at(scene),
    closed_at: state === 'open' ? null : at(scene),
    merged_at: state === 'merged' ? at(scene) : null,
    merge_commit_sha: state === 'closed' ? null : sha('merge', scene.n),
    assignee,
    assignees: assignee === null ? [] : [assignee],
    requested_reviewers: options.reviewer === undefined ? [] : [user(options.reviewer)],
    requested_teams: [],
    labels: [BUG],
    milestone: null,
    draft: options.isDraft === true,
    commits_url: `${api}/commits`,
    review_comments_url: `${api}/comments`,
    review_comment_url: `${API}/pulls/comments{/number}`,
    comments_url: `${issueApi}/comments`,
    statuses_url: `${API}/statuses/${head}`,
    head: side(scene, branch),
    base: side(scene, 'main'),
    _links: links(api, issueApi, web, head),
    author_association: 'MEMBER',
    auto_merge: null,
    active_lock_reason: null,
    ...(options.isBrief === true ? {} : size(scene, state)),
  };
}

/** What GitHub works out in the background: it knows of a merge only before it happened. */
function size(scene: Scene, state: 'open' | 'merged' | 'closed'): Readonly<Record<string, unknown>> {
  return {
    merged: state === 'merged',
    mergeable: state === 'open' ? true : null,
    rebaseable: state === 'open' ? true : null,
    mergeable_state: state === 'open' ? 'clean' : 'unknown',
    merged_by: state === 'merged' ? user(teammate(scene, 1)) : null,
    comments: scene.n % 5,
    review_comments: scene.n % 3,
    maintainer_can_modify: false,
    commits: 1 + (scene.n % 6),
    additions: 120 + ((scene.n * 53) % 900),
    deletions: 30 + ((scene.n * 29) % 400),
    changed_files: 4 + (scene.n % 17),
  };
}
