import type { Counted, Sum } from '../../model/activity.ts';
import { countedBy, type Named } from './words.ts';

/** What is counted by itself: it is done several times to one topic. */
const CHANGES: ReadonlyMap<string, Counted> = new Map<string, Counted>([
  ['labeled', 'label change'],
  ['unlabeled', 'label change'],
  ['assigned', 'assignee change'],
  ['unassigned', 'assignee change'],
  ['milestoned', 'milestone change'],
  ['demilestoned', 'milestone change'],
  ['typed', 'type change'],
  ['untyped', 'type change'],
  ['field_added', 'field change'],
  ['field_removed', 'field change'],
  ['category_changed', 'category change'],
  ['auto_merge_enabled', 'auto-merge change'],
  ['auto_merge_disabled', 'auto-merge change'],
  ['enqueued', 'merge queue change'],
  ['dequeued', 'merge queue change'],
  ['review_requested', 'review request'],
  ['review_request_removed', 'withdrawn review request'],
]);

/** Where an action's own name does not follow `3 pull requests`. */
const PARTS: ReadonlyMap<string, string> = new Map([
  ['converted_to_draft', 'back to draft'],
  ['created', 'started'],
]);

/** `5 pull requests: 3 opened, 2 merged`, `4 label changes`. */
export function topicSum(action: string | null, { noun }: Pick<Named, 'noun'>): Sum {
  if (action === 'synchronize') return { noun: [`push to a ${noun}`, `pushes to ${noun}s`], part: null, alone: null };
  const change = CHANGES.get(action ?? '');
  if (change !== undefined) return { noun: change, part: null, alone: null };
  return countedBy(noun, action ?? '', PARTS);
}
