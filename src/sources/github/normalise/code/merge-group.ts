import { type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { firstLine, repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { segment } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { mergeOf } from './commit.ts';
import { queueOf } from './merge-queue.ts';
import { refOf } from './ref.ts';

const WORDS = wordTable({
  checks_requested: ['Merge queue checks started', null],
  destroyed: ['Merge group discarded', null],
});

/** Some pull requests of the merge queue, tried together. What becomes of each is told as a pull request. */
const TOLD_ELSEWHERE = new Set(['merged', 'dequeued']);

export function mergeGroup(payload: Payload): FamilyOutput {
  const reason = textOrNull(payload, 'reason') ?? '';
  const action = text(payload, 'action');
  if (action === 'destroyed' && TOLD_ELSEWHERE.has(reason)) {
    return skip(`merge_group.destroyed: ${reason}, which pull_request.${reason} tells of each pull request`);
  }
  const { name } = refOf(textOrNull(payload, 'merge_group.head_ref') ?? '');
  const { base, pullRequest } = queueOf(name);
  const ref = textOrNull(payload, 'merge_group.base_ref');
  const branch = ref === null ? base : refOf(ref).name;
  const message = textOrNull(payload, 'merge_group.head_commit.message') ?? '';
  return {
    ...told(action, wordsFor(action, WORDS, 'merge group')),
    became: action === 'checks_requested' ? 'is tested in the merge queue' : null,
    subject: {
      noun: 'merge group',
      handle: pullRequest === null ? null : `#${pullRequest}`,
      title: mergeOf(message)?.title || firstLine(message) || name,
      url: repositoryPage(payload, branch === null ? '/queue' : `/queue/${branch.split('/').map(segment).join('/')}`),
    },
    facts: [branch],
    branch,
    pullRequest,
    occurredAt: action === 'checks_requested' ? timeOrNull(payload, 'merge_group.head_commit.timestamp') : null,
  };
}
