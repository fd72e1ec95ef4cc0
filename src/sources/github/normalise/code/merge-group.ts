import { type Payload, text, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import { repositoryPage } from '../common.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { segment } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';
import { queueOf } from './merge-queue.ts';
import { refOf } from './ref.ts';

const WORDS = wordTable({
  checks_requested: ['Merge queue checks started', null],
  destroyed: ['Merge group discarded', null],
});

/** Some pull requests of the merge queue, tried together. What becomes of each is told as a pull request. */
const TOLD_ELSEWHERE = new Set(['merged', 'dequeued']);

export function mergeGroup(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const reason = textOrNull(payload, 'reason') ?? '';
  if (action === 'destroyed' && TOLD_ELSEWHERE.has(reason)) {
    return skip(`merge_group.destroyed: ${reason}, which pull_request.${reason} tells of each pull request`);
  }
  const { name } = refOf(text(payload, 'merge_group.head_ref'));
  const { base, pullRequest } = queueOf(name);
  const ref = textOrNull(payload, 'merge_group.base_ref');
  const branch = ref === null ? base : refOf(ref).name;
  return {
    ...told(action, wordsFor(action, WORDS, 'merge group')),
    subject: {
      noun: 'merge group',
      handle: pullRequest === null ? null : `#${pullRequest}`,
      title: titleOf(textOrNull(payload, 'merge_group.head_commit.message') ?? '') || name,
      url: repositoryPage(payload, branch === null ? '/queue' : `/queue/${branch.split('/').map(segment).join('/')}`),
    },
    facts: [branch],
    branch,
    pullRequest,
    occurredAt: action === 'checks_requested' ? timeOrNull(payload, 'merge_group.head_commit.timestamp') : null,
  };
}

/** GitHub writes `Merge pull request #12 from …` above the pull request's own title. */
function titleOf(message: string): string {
  const [first = '', title] = message.split('\n').filter((line) => line.trim() !== '');
  return (title !== undefined && first.startsWith('Merge pull request #') ? title : first).trim();
}
