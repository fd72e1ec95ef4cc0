import { type SamplePayload, type Scene, samplesBy } from '../../../model/plugin/samples.ts';
import { createFieldSetter } from '../../../shared/field-setter.ts';
import { build, fork, push } from './code.ts';
import { account, at, content, html, type Json, numberOf, repository, SITE, work } from './scene.ts';

type Maker = (scene: Scene) => Json;

/** Event → what its payload has beside repository and actor. */
const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['repo.push', push],
  ['repo.commit_status_created', (scene) => build(scene, 'FAILED')],
  ['repo.commit_status_updated', (scene) => build(scene, 'SUCCESSFUL')],
  ['repo.fork', fork],
  ['pullrequest.created', (scene) => ({ pullrequest: pullrequest(scene, 'OPEN', 0) })],
  ['pullrequest.fulfilled', (scene) => ({ pullrequest: pullrequest(scene, 'MERGED') })],
  [
    'pullrequest.rejected',
    (scene) => ({ pullrequest: { ...pullrequest(scene, 'DECLINED'), reason: 'We wait for the new upload server.' } }),
  ],
  [
    'pullrequest.approved',
    (scene) => ({ pullrequest: pullrequest(scene, 'OPEN'), approval: { date: at(scene), user: account(scene) } }),
  ],
  [
    'pullrequest.changes_request_created',
    (scene) => ({
      pullrequest: pullrequest(scene, 'OPEN'),
      changes_request: { date: at(scene), user: account(scene) },
    }),
  ],
  [
    'pullrequest.comment_created',
    (scene) => ({
      pullrequest: pullrequest(scene, 'OPEN'),
      comment: {
        ...comment(scene, `${SITE}/pull-requests/${numberOf(scene)}/_/diff`),
        inline: { path: 'src/upload/send.ts', from: null, to: 14 },
      },
    }),
  ],
  ['issue.created', (scene) => ({ issue: issue(scene, 'new') })],
  [
    'issue.updated',
    (scene) => ({ issue: issue(scene, 'resolved'), changes: { status: { old: 'open', new: 'resolved' } } }),
  ],
  [
    'issue.comment_created',
    (scene) => ({ issue: issue(scene, 'open'), comment: comment(scene, `${SITE}/issues/${numberOf(scene)}`) }),
  ],
]);

const MORE: Readonly<Record<string, readonly string[]>> = {
  pullrequest: ['draft', 'reason'],
  commit_status: ['refname', 'description'],
  issue: ['assignee', 'milestone', 'component', 'version'],
  comment: ['inline', 'parent'],
};
export const SAMPLES = samplesBy(
  MAKERS.keys(),
  sample,
  createFieldSetter((holder) => MORE[holder] ?? [], 'pullrequest.title'),
);

/** As Bitbucket would send it. Undefined when there is no such sample. */
function sample(name: string, scene: Scene): SamplePayload | undefined {
  const about = MAKERS.get(name)?.(scene);
  if (about === undefined) return undefined;
  return { type: name.replace('.', ':'), payload: { repository: repository(), actor: account(scene), ...about } };
}

/** `opener`: whose it is, beside whoever does something to it. */
function pullrequest(scene: Scene, state: string, opener = 1): Json {
  const { title, text, branch } = work(scene);
  const id = numberOf(scene);
  const end = (name: string) => ({ branch: { name }, repository: { full_name: 'acme/api', links: html(SITE) } });
  return {
    type: 'pullrequest',
    id,
    title,
    description: text,
    state,
    draft: false,
    author: account(scene, opener),
    source: end(branch),
    destination: end('main'),
    reviewers: [account(scene, opener + 1)],
    reason: '',
    created_on: at(scene, -7_200),
    updated_on: at(scene),
    links: html(`${SITE}/pull-requests/${id}`),
  };
}

function issue(scene: Scene, state: string): Json {
  const id = numberOf(scene);
  return {
    type: 'issue',
    id,
    title: work(scene).title,
    content: content(work(scene).text),
    kind: 'bug',
    priority: 'major',
    state,
    reporter: account(scene, state === 'new' ? 0 : 1),
    assignee: null,
    created_on: at(scene, -86_400),
    updated_on: at(scene),
    links: html(`${SITE}/issues/${id}`),
  };
}

function comment(scene: Scene, page: string): Json {
  const id = 700_000 + scene.n;
  return {
    id,
    type: 'comment',
    content: content(work(scene).comment),
    user: account(scene),
    created_on: at(scene),
    updated_on: at(scene),
    links: html(`${page}#comment-${id}`),
  };
}
