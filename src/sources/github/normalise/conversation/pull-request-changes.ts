import type { Tone } from '../../../../model/activity.ts';
import { numberOrNull, type Payload, read, textOrNull } from '../../../../shared/payload.ts';
import * as hosting from '../../../../telling/hosting/words.ts';
import { asWords } from '../../../../telling/parts.ts';
import { spaced } from '../../../../text/words.ts';
import { type Skipped, skip } from '../family.ts';
import { named, openedBy, type Topic } from './topic.ts';
import { before, edited as editedTopic } from './topic-changes.ts';
import type { Wording } from './wording.ts';

/** A new base changes what people look at as a new title does; both may come at once. */
export function edited(payload: Payload, topic: Topic): Wording | Skipped {
  const from = before(payload, 'changes.base.ref.from', 'pull_request.base.ref');
  const wording = editedTopic(payload, topic);
  if (from === null) return wording;
  const to = textOrNull(payload, 'pull_request.base.ref');
  if (before(payload, 'changes.title.from', 'pull_request.title') === null) {
    return { ...hosting.retargeted(named(payload, topic), from, to), facts: [openedBy(payload, topic)] };
  }
  return 'kind' in wording ? wording : { ...wording, did: `renamed and ${hosting.movedFromTo(from, to)}` };
}

const MERGED = new Set(['MERGE', 'ALREADY_MERGED']);

/** https://docs.github.com/en/graphql/reference/objects#removedfrommergequeueevent: why the queue let go of it. */
const REASONS: ReadonlyMap<string, readonly [why: string, tone: Tone]> = new Map([
  ['BRANCH_PROTECTIONS', ['branch protection forbids it', 'bad']],
  ['CI_FAILURE', ['checks failed', 'bad']],
  ['CI_TIMEOUT', ['checks timed out', 'bad']],
  ['GIT_TREE_INVALID', ['it does not merge cleanly', 'bad']],
  ['INVALID_MERGE_COMMIT', ['its merge commit is invalid', 'bad']],
  ['MANUAL', ['', 'neutral']],
  ['MERGE_CONFLICT', ['merge conflict', 'bad']],
  ['QUEUE_CLEARED', ['the queue was cleared', 'neutral']],
  ['ROLL_BACK', ['the queue was rolled back', 'neutral']],
  ['UNKNOWN_REMOVAL_REASON', ['', 'neutral']],
]);

/** What is merged leaves the queue too, which the merge tells. */
export function dequeued(payload: Payload): Wording | Skipped {
  const reason = textOrNull(payload, 'reason') ?? '';
  if (MERGED.has(reason)) return skip('pull_request.dequeued: it was merged, which pull_request.merged tells');
  const [why, tone] = REASONS.get(reason) ?? [spaced(reason).toLowerCase(), 'neutral'];
  return {
    headline: tone === 'bad' ? 'Thrown out of merge queue' : 'Taken out of merge queue',
    did: `removed {it} from the merge queue${why && ` (${asWords(why)})`}`,
    tone,
  };
}

/** GitHub counts from the bottom of the stack; the whole of it is meant for one branch, each for the one below. */
export function stacked(payload: Payload): Wording {
  const stack = read(payload, 'stack') ?? read(payload, 'pull_request.stack');
  const [position, size] = [numberOrNull(stack, 'position'), numberOrNull(stack, 'size')];
  const base = textOrNull(stack, 'base.ref');
  return {
    headline: 'Pull request stacked',
    did: 'added {it} to a stack',
    tone: 'neutral',
    facts: [
      position === null || size === null ? null : `${position} of ${size} in the stack`,
      base && `stack leads to ${base}`,
    ],
  };
}
