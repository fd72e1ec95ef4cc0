import { splitName } from '../../../model/kind.ts';
import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';
import { branch, push, release, run } from './code.ts';
import { at, type Json, numberOf, repository, SITE, user, work } from './scene.ts';

type Maker = (scene: Scene) => Json;

/** Event → what its payload has beside repository and sender. */
const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['push', push],
  ['create', branch],
  ['issues.opened', (scene) => ({ action: 'opened', number: numberOf(scene), issue: issue(scene, 0) })],
  ['issues.closed', (scene) => ({ action: 'closed', number: numberOf(scene), issue: issue(scene, 1) })],
  [
    'issue_comment.created',
    (scene) => ({ action: 'created', issue: issue(scene, 1), comment: comment(scene), is_pull: false }),
  ],
  ['pull_request.opened', (scene) => pullRequest(scene, 'opened', 0)],
  [
    'pull_request.merged',
    (scene) => pullRequest(scene, 'closed', 1, { state: 'closed', merged: true, merged_at: at(scene) }),
  ],
  ['pull_request.closed', (scene) => pullRequest(scene, 'closed', 1, { state: 'closed' })],
  ['pull_request_approved.reviewed', (scene) => review(scene, 'approved', '')],
  ['pull_request_rejected.reviewed', (scene) => review(scene, 'rejected', work(scene).comment)],
  ['release.published', release],
  ['workflow_run.completed', (scene) => run(scene, 'failure')],
]);

const MORE: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['draft', 'additions', 'deletions', 'changed_files', 'requested_reviewers'],
  issue: ['pull_request', 'assignee'],
};
export const SAMPLES = samplesBy(
  MAKERS.keys(),
  sample,
  createFieldSetter((holder) => MORE[holder] ?? [], 'issue.title'),
);

/** As Gitea would send it. Undefined when there is no such sample. */
function sample(name: string, scene: Scene): SamplePayload | undefined {
  const about = MAKERS.get(name)?.(scene);
  if (about === undefined) return undefined;
  return { type: splitName(name).type, payload: { ...about, repository: repository(), sender: user(scene) } };
}

/** `opener`: whose it is, beside whoever does something to it. */
function issue(scene: Scene, opener: number): Json {
  const number = numberOf(scene);
  return {
    id: 1_000 + number,
    number,
    title: work(scene).title,
    body: work(scene).text,
    user: user(scene, opener),
    labels: [{ id: 1, name: 'uploads' }],
    milestone: null,
    assignees: null,
    state: 'open',
    html_url: `${SITE}/issues/${number}`,
    created_at: at(scene, -86_400),
    updated_at: at(scene),
    closed_at: null,
    pull_request: null,
  };
}

function pullRequest(scene: Scene, action: string, opener: number, more: Json = {}): Json {
  const number = numberOf(scene);
  const end = (ref: string) => ({ label: ref, ref, sha: '', repo: { full_name: 'acme/api' } });
  return {
    action,
    number,
    pull_request: {
      ...issue(scene, opener),
      html_url: `${SITE}/pulls/${number}`,
      merged: false,
      merged_at: null,
      base: end('main'),
      head: end(work(scene).branch),
      ...more,
    },
    requested_reviewer: null,
    review: null,
  };
}

function review(scene: Scene, verdict: string, content: string): Json {
  return { ...pullRequest(scene, 'reviewed', 1), review: { type: `pull_request_review_${verdict}`, content } };
}

function comment(scene: Scene): Json {
  const id = 700 + scene.n;
  return {
    id,
    body: work(scene).comment,
    user: user(scene),
    html_url: `${SITE}/issues/${numberOf(scene)}#issuecomment-${id}`,
    created_at: at(scene),
    updated_at: at(scene),
  };
}
