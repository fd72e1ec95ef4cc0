import type { Scene } from '../../../model/plugin/samples.ts';
import { about, at, commit, HUBOT, type Json, MONA, PAGE, PRIYA } from './scene.ts';

const LABELS: readonly Json[] = [{ id: 206, title: 'bug', color: '#d9534f', type: 'ProjectLabel' }];

function request(scene: Scene, action: string | null, more: Json = {}): Json {
  const iid = 12 + scene.n;
  return {
    id: 90_000 + scene.n,
    iid,
    title: 'Retry uploads that time out',
    description: 'An upload that times out is tried **three times**, with a pause between.\n\nCloses #7.',
    author_id: HUBOT['id'],
    assignee_ids: [],
    reviewer_ids: [MONA['id']],
    source_branch: 'retry-uploads',
    target_branch: 'main',
    source_project_id: 4711,
    target_project_id: 4711,
    state: action === 'merge' ? 'merged' : action === 'close' ? 'closed' : 'opened',
    draft: false,
    work_in_progress: false,
    created_at: at(scene, -90),
    updated_at: at(scene),
    url: `${PAGE}/-/merge_requests/${iid}`,
    last_commit: commit(scene, 'Retry uploads that time out', 'Hubot'),
    ...(action && { action }),
    ...more,
  };
}

export function mergeRequest(scene: Scene, action: string, by: Json = MONA, changes: Json = {}, more: Json = {}): Json {
  const own = { changes, labels: LABELS, reviewers: [{ ...MONA, state: 'unreviewed' }], assignees: [HUBOT] };
  return about('merge_request', by, request(scene, action, more), own);
}

export const opened = (scene: Scene) => mergeRequest(scene, 'open', HUBOT);
export const ready = (scene: Scene) =>
  mergeRequest(scene, 'update', HUBOT, { draft: { previous: true, current: false } });
export const pushedTo = (scene: Scene) => mergeRequest(scene, 'update', HUBOT, {}, { oldrev: '0'.repeat(39) + '1' });
export const asked = (scene: Scene) =>
  mergeRequest(scene, 'update', HUBOT, {
    reviewers: { previous: [MONA], current: [MONA, { ...PRIYA, state: 'unreviewed' }] },
  });
export const changesRequested = (scene: Scene) =>
  mergeRequest(scene, 'update', MONA, {
    // Reviewers come in a row, before and now, where other changes are named.
    reviewers: [[{ ...MONA, state: 'review_started' }], [{ ...MONA, state: 'requested_changes' }]],
  });

function issueOf(scene: Scene, more: Json = {}): Json {
  const iid = 7 + scene.n;
  return {
    id: 70_000 + scene.n,
    iid,
    title: 'Uploads fail on Safari',
    description: 'Every upload above 5 MB ends with `Load failed`.',
    author_id: PRIYA['id'],
    assignee_ids: [],
    confidential: false,
    created_at: at(scene, -3000),
    updated_at: at(scene),
    closed_at: null,
    due_date: null,
    state: 'opened',
    type: 'Issue',
    severity: 'unknown',
    url: `${PAGE}/-/issues/${iid}`,
    ...more,
  };
}

export function issue(scene: Scene, action: string, more: Json = {}): Json {
  const closed = action === 'close' ? { state: 'closed', closed_at: at(scene) } : {};
  return about('issue', PRIYA, issueOf(scene, { action, ...closed, ...more }), { labels: LABELS, changes: {} });
}

export function confidential(scene: Scene): Json {
  const secret = { confidential: true, title: 'Upload links can be guessed', description: 'They are counted up.' };
  return { ...issue(scene, 'open', secret), event_type: 'confidential_issue' };
}

export function noteOn(scene: Scene, on: 'merge_request' | 'issue', isOnCode = false): Json {
  const object = on === 'issue' ? issueOf(scene) : request(scene, null);
  const id = 550_000 + scene.n;
  const position = { new_path: 'src/upload/send.ts', new_line: 14, old_path: 'src/upload/send.ts', old_line: null };
  return about(
    'note',
    MONA,
    {
      id,
      note: isOnCode ? 'Three tries with the same pause will hit the limit again.' : 'I can reproduce it with 6 MB.',
      noteable_type: on === 'issue' ? 'Issue' : 'MergeRequest',
      type: isOnCode ? 'DiffNote' : null,
      author_id: MONA['id'],
      created_at: at(scene),
      updated_at: at(scene),
      system: false,
      action: 'create',
      position: isOnCode ? position : null,
      url: `${object['url'] as string}#note_${id}`,
    },
    { [on]: object },
  );
}
