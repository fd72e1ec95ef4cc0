import type { Tone } from '../../../../model/activity.ts';
import { numberOrNull, type Payload, read, textOrNull } from '../../../../shared/payload.ts';
import { spaced } from '../../../../text/words.ts';
import { type Skipped, skip } from '../family.ts';
import type { Wording } from './pull-request-wording.ts';

/** A new title and a new base change what people look at; a new description is told without its words. */
export function edited(payload: Payload): Wording | Skipped {
  const title = before(payload, 'changes.title.from', 'pull_request.title');
  const base = before(payload, 'changes.base.ref.from', 'pull_request.base.ref');
  const body = read(payload, 'changes.body');
  const facts = [title && `was: ${title}`, base && `instead of ${base}`];
  if (title !== null) return { headline: 'Pull request renamed', did: 'renamed {it}', tone: 'neutral', facts };
  if (base !== null) {
    const to = textOrNull(payload, 'pull_request.base.ref');
    return { headline: 'Pull request retargeted', did: `moved {it} to ${to}`, tone: 'neutral', facts };
  }
  if (body !== undefined && textOrNull(body, 'from') !== textOrNull(payload, 'pull_request.body')) {
    return { headline: 'Pull request description edited', did: 'edited the description of {it}', tone: 'neutral' };
  }
  return skip('pull_request.edited: neither title, base nor description changed');
}

/** What it was, where that is something else than now. */
function before(payload: Payload, from: string, now: string): string | null {
  const old = textOrNull(payload, from);
  return old === textOrNull(payload, now) ? null : old;
}

const MERGED = new Set(['MERGE', 'ALREADY_MERGED']);

/** https://docs.github.com/en/graphql/reference/objects#removedfrommergequeueevent: why the queue let go of it. */
const REASONS: ReadonlyMap<string, readonly [why: string, tone: Tone]> = new Map([
  ['BRANCH_PROTECTIONS', ['branch protection forbids it', 'bad']],
  ['CI_FAILURE', ['checks failed', 'bad']],
  ['CI_TIMEOUT', ['checks timed out', 'bad']],
  ['GIT_TREE_INVALID', ['it does not merge cleanly', 'bad']],
  ['INVALID_MERGE_COMMIT', ['its merge commit is invalid', 'bad']],
  ['MANUAL', ['by hand', 'neutral']],
  ['MERGE_CONFLICT', ['merge conflict', 'bad']],
  ['QUEUE_CLEARED', ['the queue was cleared', 'neutral']],
  ['ROLL_BACK', ['the queue was rolled back', 'neutral']],
  ['UNKNOWN_REMOVAL_REASON', ['GitHub does not say why', 'neutral']],
]);

/** What is merged leaves the queue too, which the merge tells. */
export function dequeued(payload: Payload): Wording | Skipped {
  const reason = textOrNull(payload, 'reason') ?? '';
  if (MERGED.has(reason)) return skip('pull_request.dequeued: it was merged, which pull_request.merged tells');
  const [why, tone] = REASONS.get(reason) ?? [spaced(reason).toLowerCase(), 'neutral'];
  return {
    headline: tone === 'bad' ? 'Thrown out of merge queue' : 'Taken out of merge queue',
    did: `took {it} out of the merge queue${tone === 'bad' ? ` (${why})` : ''}`,
    tone,
    facts: [why === '' ? null : why],
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
