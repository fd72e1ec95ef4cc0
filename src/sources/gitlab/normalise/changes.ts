import { isObject, isTrue, type Payload, read, textOrNull, textsIn } from '../../../shared/payload.ts';
import type { Change } from '../../../telling/hosting/topic.ts';
import { spaced } from '../../../text/words.ts';
import { loginsIn } from './event.ts';

/** A verdict of a reviewer's, which GitLab sends as a change of their state. */
export type Reviewed = { readonly is: 'changes_requested' } | { readonly is: 'reviewed' };

/** What one `update` says first, and what changed beside it, in words. Null: nothing that has words. */
export interface Update {
  readonly change: Change | Reviewed | null;
  readonly others: readonly string[];
}

type Ask = (payload: Payload) => Change | Reviewed | null;

/** By what people want to know first; each with the keys of `changes` that it tells. One update may change several. */
const ASKS: readonly (readonly [keys: readonly string[], ask: Ask])[] = [
  [['state_id'], state],
  [['oldrev', 'last_commit'], pushed],
  [['draft', 'work_in_progress', 'title'], draft],
  [['reviewers'], reviewers],
  [['assignees', 'assignee_id', 'assignee_ids'], assignees],
  [['target_branch'], target],
  [['title'], title],
  [['labels'], labels],
  [['milestone_id'], milestone],
  [['description'], description],
  [['merge_when_pipeline_succeeds', 'auto_merge_enabled'], autoMerge],
  [['discussion_locked'], locked],
];

/** Books that GitLab keeps by itself. */
const UNSAID =
  /^(?:author_id|created_at|id|iid|updated_at|updated_by_id|last_edited_at|last_edited_by_id|merge_params|merge_status|total_time_spent|time_change|human_\w+|relative_position|state|state_id|closed_at|prepared_at|merge_user_id|merge_commit_sha|squash_commit_sha|merge_error|merged_at|actioned_at|reviewer_ids|assignee_ids|head_pipeline_id|\w+_project_id|oldrev|draft|work_in_progress|last_commit|lock_version)$/;

export function updateOf(payload: Payload): Update {
  const changes = read(payload, 'changes');
  const keys = isObject(changes) ? Object.keys(changes).filter((key) => !UNSAID.test(key)) : [];
  const found = ASKS.map(([told, ask]) => ({ told, change: ask(payload) })).find(({ change }) => change !== null);
  const others = keys.filter((key) => found?.told.includes(key) !== true);
  return { change: found?.change ?? null, others: others.slice(0, 5).map(wordsOfKey) };
}

/** `time_estimate` → `time estimate` */
export function wordsOfKey(key: string): string {
  return spaced(key.replace(/_ids?$/, ''));
}

/** Before and now: by name, or, of reviewers, in a row. */
function ends(payload: Payload, key: string): readonly [before: unknown, now: unknown] {
  const change = read(payload, `changes.${key}`);
  return Array.isArray(change) ? [change[0], change[1]] : [read(change, 'previous'), read(change, 'current')];
}

function was(payload: Payload, key: string): unknown {
  return ends(payload, key)[0];
}

function is(payload: Payload, key: string): unknown {
  return ends(payload, key)[1];
}

/** More people or labels than these change by no hand, and are compared one by one. */
const MOST = 200;

function listsIn(payload: Payload, key: string): readonly [before: readonly unknown[], now: readonly unknown[]] {
  const [before, now] = ends(payload, key);
  return [Array.isArray(before) ? before.slice(0, MOST) : [], Array.isArray(now) ? now.slice(0, MOST) : []];
}

const [OPEN, CLOSED] = [1, 2];

/** Requirements are archived and taken up again by an update. */
function state(payload: Payload): Change | null {
  const [before, now] = ends(payload, 'state_id');
  if (before === OPEN && now === CLOSED) return { is: 'closed' };
  return before === CLOSED && now === OPEN ? { is: 'reopened' } : null;
}

/** The commit that it was at before. */
function pushed(payload: Payload): Change | null {
  return textOrNull(payload, 'object_attributes.oldrev') === null ? null : { is: 'synchronize' };
}

const MARK = /^\s*(?:draft|wip)\s*[:\]]|^\s*\[(?:draft|wip)\]/i;

/** By its own field, or the mark in front of the title. */
function draft(payload: Payload): Change | null {
  for (const key of ['draft', 'work_in_progress']) {
    const [before, now] = [was(payload, key), is(payload, key)];
    if (before === true && now === false) return { is: 'ready_for_review' };
    if (before === false && now === true) return { is: 'converted_to_draft' };
  }
  const [before, now] = [was(payload, 'title'), is(payload, 'title')];
  if (typeof before !== 'string' || typeof now !== 'string' || MARK.test(before) === MARK.test(now)) return null;
  return { is: MARK.test(now) ? 'converted_to_draft' : 'ready_for_review' };
}

function reviewers(payload: Payload): Change | Reviewed | null {
  const [before, now] = listsIn(payload, 'reviewers');
  const added = beyond(now, before);
  const again = now.filter((one) => isTrue(one, 're_requested'));
  if (added.length > 0 || again.length > 0) {
    return { is: 'review_requested', whom: added.length > 0 ? added : loginsIn(again) };
  }
  const removed = beyond(before, now);
  if (removed.length > 0) return { is: 'review_request_removed', whom: removed };
  const states = now.filter((one) => textOrNull(one, 'state') !== textOrNull(same(before, one), 'state'));
  if (states.some((one) => textOrNull(one, 'state') === 'requested_changes')) return { is: 'changes_requested' };
  return states.some((one) => textOrNull(one, 'state') === 'reviewed') ? { is: 'reviewed' } : null;
}

function same(people: readonly unknown[], one: unknown): unknown {
  return people.find((other) => loginsIn([other])[0] === loginsIn([one])[0]);
}

function assignees(payload: Payload): Change | null {
  const [before, now] = listsIn(payload, 'assignees');
  const added = beyond(now, before);
  if (added.length > 0) return { is: 'assigned', whom: added };
  const removed = beyond(before, now);
  return removed.length > 0 ? { is: 'unassigned', whom: removed } : null;
}

function beyond(people: readonly unknown[], others: readonly unknown[]): readonly string[] {
  const known = new Set(loginsIn(others));
  return loginsIn(people).filter((login) => !known.has(login));
}

function target(payload: Payload): Change | null {
  const from = textOrNull(payload, 'changes.target_branch.previous');
  const to = textOrNull(payload, 'changes.target_branch.current');
  return from === null || from === to ? null : { is: 'retargeted', from, to };
}

function title(payload: Payload): Change | null {
  const before = textOrNull(payload, 'changes.title.previous');
  return before === null || before === is(payload, 'title') ? null : { is: 'renamed', was: before };
}

function labels(payload: Payload): Change | null {
  const [before, now] = listsIn(payload, 'labels').map((all) => textsIn({ all }, 'all', 'title'));
  const added = (now ?? []).filter((label) => before?.includes(label) !== true);
  if (added.length > 0) return { is: 'labeled', names: added };
  const removed = (before ?? []).filter((label) => now?.includes(label) !== true);
  return removed.length > 0 ? { is: 'unlabeled', names: removed } : null;
}

/** The event knows it by its id alone, unless it brings the milestone along. */
function milestone(payload: Payload): Change | null {
  const [before, now] = [was(payload, 'milestone_id'), is(payload, 'milestone_id')];
  if (before === now || (before === undefined && now === undefined)) return null;
  const name = textOrNull(payload, 'milestone.title') ?? textOrNull(payload, 'object_attributes.milestone.title');
  if (typeof now !== 'number') return { is: 'demilestoned', names: [] };
  return { is: 'milestoned', names: name === null ? [] : [name] };
}

function description(payload: Payload): Change | null {
  const [before, now] = [was(payload, 'description'), is(payload, 'description')];
  return before === now ? null : { is: 'edited' };
}

function autoMerge(payload: Payload): Change | null {
  for (const key of ['merge_when_pipeline_succeeds', 'auto_merge_enabled']) {
    const [before, now] = [was(payload, key), is(payload, key)];
    if (before !== now && typeof now === 'boolean') return { is: now ? 'auto_merge_enabled' : 'auto_merge_disabled' };
  }
  return null;
}

function locked(payload: Payload): Change | null {
  const [before, now] = [was(payload, 'discussion_locked'), is(payload, 'discussion_locked')];
  if (before === now) return null;
  return now === true ? { is: 'locked', names: [] } : { is: 'unlocked' };
}
