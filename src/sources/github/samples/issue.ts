import type { Scene } from '../../../model/plugin/samples.ts';
import { teammate, user } from './people.ts';
import { at, id, nodeId } from './scene.ts';
import { issueBody, issueTitle } from './wording.ts';

const API = 'https://api.github.com/repos/acme/api';
const WEB = 'https://github.com/acme/api';

/** The label GitHub gives every new repository. */
export const BUG = {
  id: 1_362_934_389,
  node_id: 'LA_kwDOCyMjGs5RPH31',
  url: `${API}/labels/bug`,
  name: 'bug',
  color: 'd73a4a',
  default: true,
  description: "Something isn't working",
} as const;

/** Issues count from 41, pull requests from 512: low enough to look young, apart enough not to be mixed up. */
export function issueNumber({ n }: Scene): number {
  return 41 + n;
}

export function reactions(url: string): Readonly<Record<string, unknown>> {
  return {
    url: `${url}/reactions`,
    total_count: 0,
    '+1': 0,
    '-1': 0,
    laugh: 0,
    hooray: 0,
    confused: 0,
    heart: 0,
    rocket: 0,
    eyes: 0,
  };
}

/** Embeds its creator's whole account, as GitHub does: about 1.8 kB. */
export function milestone(scene: Scene): Readonly<Record<string, unknown>> {
  return {
    url: `${API}/milestones/1`,
    html_url: `${WEB}/milestone/1`,
    labels_url: `${API}/milestones/1/labels`,
    id: 4_317_517,
    node_id: 'MI_kwDOCyMjGs4AQeE9',
    number: 1,
    title: 'v1.0',
    description: 'What the first customers need',
    creator: user('mona'),
    open_issues: 12,
    closed_issues: 30,
    state: 'open',
    created_at: '2024-03-01T09:00:00Z',
    updated_at: at(scene, 7_200),
    due_on: '2027-01-31T08:00:00Z',
    closed_at: null,
  };
}

export interface IssueOptions {
  readonly isClosed?: boolean | undefined;
  readonly assignee?: string | undefined;
  /** The thread is a pull request's: `issue.pull_request` is present. */
  readonly isPullRequest?: boolean | undefined;
}

/** An issue as GitHub embeds it, about 5 kB. */
export function issue(scene: Scene, options: IssueOptions = {}): Readonly<Record<string, unknown>> {
  const number = issueNumber(scene);
  const api = `${API}/issues/${number}`;
  const web = `${WEB}/${options.isPullRequest === true ? 'pull' : 'issues'}/${number}`;
  const databaseId = id(scene, 1);
  const assignee = options.assignee === undefined ? null : user(options.assignee);
  return {
    url: api,
    repository_url: API,
    labels_url: `${api}/labels{/name}`,
    comments_url: `${api}/comments`,
    events_url: `${api}/events`,
    html_url: web,
    id: databaseId,
    node_id: nodeId('I', databaseId),
    number,
    title: issueTitle(scene),
    user: user(teammate(scene)),
    labels: [BUG],
    state: options.isClosed === true ? 'closed' : 'open',
    locked: false,
    assignee,
    assignees: assignee === null ? [] : [assignee],
    milestone: milestone(scene),
    comments: scene.n % 7,
    created_at: at(scene, 5_400),
    updated_at: at(scene),
    closed_at: options.isClosed === true ? at(scene) : null,
    author_association: 'MEMBER',
    type: null,
    active_lock_reason: null,
    ...(options.isPullRequest === true
      ? {
          draft: false,
          pull_request: {
            url: `${API}/pulls/${number}`,
            html_url: web,
            diff_url: `${web}.diff`,
            patch_url: `${web}.patch`,
            merged_at: null,
          },
        }
      : {}),
    sub_issues_summary: { total: 0, completed: 0, percent_completed: 0 },
    issue_dependencies_summary: { blocked_by: 0, total_blocked_by: 0, blocking: 0, total_blocking: 0 },
    body: issueBody(scene),
    reactions: reactions(api),
    timeline_url: `${api}/timeline`,
    performed_via_github_app: null,
    state_reason: options.isClosed === true ? 'completed' : null,
  };
}
