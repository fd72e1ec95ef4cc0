import type { Scene } from '../../../model/plugin/samples.ts';
import { BUG } from './issue.ts';
import { teammate, user } from './people.ts';
import { type PullRequestOptions, pullRequest, pullRequestNumber } from './pull-request.ts';
import { minimalRepository, repository } from './repository.ts';
import type { PayloadMaker } from './scene.ts';
import { at, id, nodeId, pick, sha } from './scene.ts';
import { branchName, pullRequestTitle } from './wording.ts';

const API = 'https://api.github.com/repos/acme/api';
const WEB = 'https://github.com/acme/api';

function commit(scene: Scene, order: number): Readonly<Record<string, unknown>> {
  const login = teammate(scene, order);
  const person = { name: login, email: `${login}@users.noreply.github.com`, username: login };
  const commitSha = sha('commit', scene.n, order);
  const message =
    order === 0 ? pullRequestTitle(scene) : pick(['Add the test', 'Name the timeout', 'Update the changelog'], order);
  return {
    id: commitSha,
    tree_id: sha('tree', scene.n, order),
    distinct: true,
    message,
    timestamp: at(scene, 60 * (order + 1)),
    url: `${WEB}/commit/${commitSha}`,
    author: person,
    committer: person,
    added: order === 1 ? ['src/upload/send.test.ts'] : [],
    removed: [],
    modified: ['src/upload/send.ts'],
  };
}

/** One to four commits, oldest first as GitHub orders them; the head commit is the last. */
function push(scene: Scene): Readonly<Record<string, unknown>> {
  const commits = Array.from({ length: 1 + (scene.n % 4) }, (_, order) => commit(scene, order)).toReversed();
  const before = sha('before', scene.n);
  const after = sha('commit', scene.n, 0);
  const pusher = teammate(scene);
  return {
    ref: 'refs/heads/main',
    before,
    after,
    repository: { ...repository(scene), master_branch: 'main', organization: 'acme' },
    pusher: { name: pusher, email: `${pusher}@users.noreply.github.com` },
    created: false,
    deleted: false,
    forced: false,
    base_ref: null,
    compare: `${WEB}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits,
    head_commit: commits.at(-1),
  };
}

function release(scene: Scene, isPrerelease: boolean): Readonly<Record<string, unknown>> {
  const databaseId = id(scene, 6);
  const tag = `v2.${scene.n}.0${isPrerelease ? '-rc.1' : ''}`;
  return {
    url: `${API}/releases/${databaseId}`,
    assets_url: `${API}/releases/${databaseId}/assets`,
    upload_url: `https://uploads.github.com/repos/acme/api/releases/${databaseId}/assets{?name,label}`,
    html_url: `${WEB}/releases/tag/${tag}`,
    id: databaseId,
    author: user(teammate(scene)),
    node_id: nodeId('RE', databaseId),
    tag_name: tag,
    target_commitish: 'main',
    name: tag,
    draft: false,
    immutable: false,
    prerelease: isPrerelease,
    created_at: at(scene, 600),
    updated_at: at(scene),
    published_at: at(scene),
    assets: [],
    tarball_url: `${API}/tarball/${tag}`,
    zipball_url: `${API}/zipball/${tag}`,
    body: `## What changed\n- ${pullRequestTitle(scene)} by @${teammate(scene)} in ${WEB}/pull/${pullRequestNumber(scene)}`,
  };
}

/** The first one fails, because that is what people try first. */
const CONCLUSIONS = ['failure', 'success', 'success', 'cancelled'] as const;

/** Embeds both repositories in short form. The run took 187 seconds. */
function workflowRun(scene: Scene): Readonly<Record<string, unknown>> {
  const databaseId = id(scene, 7);
  const [api, suite] = [`${API}/actions/runs/${databaseId}`, id(scene, 8)];
  const head = sha('commit', scene.n, 0);
  const actor = user(teammate(scene));
  return {
    id: databaseId,
    name: 'CI',
    node_id: nodeId('WFR', databaseId),
    head_branch: scene.n % 2 === 0 ? 'main' : branchName(scene),
    head_sha: head,
    path: '.github/workflows/ci.yml',
    display_title: pullRequestTitle(scene),
    run_number: 900 + scene.n,
    event: scene.n % 2 === 0 ? 'push' : 'pull_request',
    status: 'completed',
    conclusion: pick(CONCLUSIONS, scene.n),
    workflow_id: 2_823_525,
    check_suite_id: suite,
    check_suite_node_id: nodeId('CS', suite),
    url: api,
    html_url: `${WEB}/actions/runs/${databaseId}`,
    pull_requests: [],
    created_at: at(scene, 187),
    updated_at: at(scene),
    actor,
    run_attempt: 1,
    referenced_workflows: [],
    run_started_at: at(scene, 187),
    triggering_actor: actor,
    jobs_url: `${api}/jobs`,
    logs_url: `${api}/logs`,
    check_suite_url: `${API}/check-suites/${suite}`,
    artifacts_url: `${api}/artifacts`,
    cancel_url: `${api}/cancel`,
    rerun_url: `${api}/rerun`,
    previous_attempt_url: null,
    workflow_url: `${API}/actions/workflows/2823525`,
    head_commit: {
      id: head,
      tree_id: sha('tree', scene.n, 0),
      message: pullRequestTitle(scene),
      timestamp: at(scene, 190),
      author: { name: teammate(scene), email: `${teammate(scene)}@users.noreply.github.com` },
      committer: { name: 'GitHub', email: 'noreply@github.com' },
    },
    repository: minimalRepository(),
    head_repository: minimalRepository(),
  };
}

const WORKFLOW = {
  id: 2_823_525,
  node_id: 'W_kwDOCyMjGs4AKxVl',
  name: 'CI',
  path: '.github/workflows/ci.yml',
  state: 'active',
  created_at: '2023-10-02T12:42:30.000Z',
  updated_at: '2025-10-03T19:24:48.000Z',
  url: `${API}/actions/workflows/2823525`,
  html_url: `${WEB}/blob/main/.github/workflows/ci.yml`,
  badge_url: `${WEB}/workflows/CI/badge.svg`,
} as const;

/** GitHub's action may differ from the sample's name: a merge is sent as `closed`. */
function withPullRequest(
  action: string,
  options: (scene: Scene) => PullRequestOptions = () => ({}),
  more: (scene: Scene) => Readonly<Record<string, unknown>> = () => ({}),
): PayloadMaker {
  return (scene) => ({
    action,
    number: pullRequestNumber(scene),
    pull_request: pullRequest(scene, options(scene)),
    ...more(scene),
  });
}

const reviewer = (scene: Scene) => ({ reviewer: teammate(scene, 1) });
const assignee = (scene: Scene) => ({ assignee: teammate(scene, 3) });

/** Pull requests, pushes, branches, releases, workflows: what happens to the code. */
export const CODE: Readonly<Record<string, PayloadMaker>> = {
  'pull_request.opened': withPullRequest('opened'),
  'pull_request.merged': withPullRequest(
    'closed',
    () => ({ state: 'merged' }),
    (scene) => ({ sender: user(teammate(scene, 1)) }),
  ),
  'pull_request.closed': withPullRequest('closed', () => ({ state: 'closed' })),
  'pull_request.reopened': withPullRequest('reopened'),
  'pull_request.ready_for_review': withPullRequest('ready_for_review'),
  'pull_request.converted_to_draft': withPullRequest('converted_to_draft', () => ({ isDraft: true })),
  'pull_request.review_requested': withPullRequest('review_requested', reviewer, (scene) => ({
    requested_reviewer: user(teammate(scene, 1)),
  })),
  'pull_request.assigned': withPullRequest('assigned', assignee, (scene) => ({ assignee: user(teammate(scene, 3)) })),
  'pull_request.labeled': withPullRequest(
    'labeled',
    () => ({}),
    () => ({ label: BUG }),
  ),
  push,
  create: (scene) => ({
    ref: branchName(scene),
    ref_type: 'branch',
    full_ref: `refs/heads/${branchName(scene)}`,
    master_branch: 'main',
    description: 'The API behind every delivery',
    pusher_type: 'user',
  }),
  delete: (scene) => ({
    ref: branchName(scene),
    ref_type: 'branch',
    full_ref: `refs/heads/${branchName(scene)}`,
    pusher_type: 'user',
  }),
  'release.published': (scene) => ({ action: 'published', release: release(scene, scene.n % 5 === 4) }),
  'workflow_run.completed': (scene) => ({
    action: 'completed',
    workflow_run: workflowRun(scene),
    workflow: WORKFLOW,
  }),
};
