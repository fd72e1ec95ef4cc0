import type { Cause } from '../../model/inbox/archive.ts';
import { ago, plural } from '../../shared/time-words.ts';
import { shellWord } from '../acts/shell-word.ts';
import type { Problem } from '../api/answers/problems.ts';
import { reasonWords, sentence } from '../lanes/reason-words.ts';
import { problem } from './problem.ts';

interface Around {
  readonly now: number;
  readonly invocation: string;
}

/** One problem a cause. */
export function causeProblem(cause: Cause, around: Around): Problem {
  switch (cause.kind) {
    case 'dead':
    case 'unknown':
      return ofMessages({ ...cause, kind: cause.kind }, around);
    case 'failed':
    case 'quarantined':
      return ofEvents({ ...cause, kind: cause.kind }, around);
  }
}

function ofMessages(found: Cause & { readonly kind: 'dead' | 'unknown' }, { now, invocation }: Around): Problem {
  const { kind, place, cause, reason, lastAt } = found;
  const { what, fix } = reasonWords(reason ?? cause);
  const isDead = kind === 'dead';
  const messages = `${many(found)} ${found.count === 1 ? 'message' : 'messages'}`;
  const last = lastOf(found.count, lastAt, now);
  return problem({
    ...common(found),
    title: `${place}: ${what}`,
    says: isDead
      ? `${messages} ${found.count === 1 ? 'was' : 'were'} given up${last}.`
      : `${messages} may not have arrived${last}: the answer was lost.`,
    fix: isDead
      ? `${fix === null ? 'See what the answer says' : sentence(fix).slice(0, -1)}, then send again.`
      : `Look there: send again what did not arrive, dismiss what did.`,
    command: `${invocation} replay --state ${kind} --to ${shellWord(place)}`,
    destination: place,
    retry: { messages: { state: kind, destination: place, cause } },
    can_dismiss: true,
  });
}

function ofEvents(found: Cause & { readonly kind: 'failed' | 'quarantined' }, { now, invocation }: Around): Problem {
  const { kind, place, cause, reason, count, eventIds, lastAt } = found;
  const { what } = reasonWords(reason ?? cause);
  const last = lastOf(count, lastAt, now);
  const events = `${many(found)} ${count === 1 ? 'event' : 'events'}`;
  if (kind === 'failed') {
    return problem({
      ...common(found),
      title: `${place}: ${what}`,
      says: `${events} could not be read${last}${count === 1 ? '' : ','} so nobody was told.`,
      fix: 'A newer Tidings may read them: update, then replay. If that does not help, report it.',
      command: `${invocation} replay --state failed`,
      retry: { filter: { state: 'failed', source: place } },
    });
  }
  return problem({
    ...common(found),
    title: `${place}: ${what}`,
    says: `${events} ${count === 1 ? 'was' : 'were'} held back${last}: what arrived looks forged, or sent twice.`,
    fix: 'Look at each: replay it to release it, if it is genuine. Otherwise leave it, and nobody is told.',
    command: `${invocation} events --state quarantined`,
    // Released are those that somebody can have looked at, and no others.
    retry: count === eventIds.length && !found.isMore ? { ids: [...eventIds] } : null,
  });
}

function common({ kind, place, cause, count, firstAt, lastAt, eventIds, isMore }: Cause) {
  const times = { firstAt, lastAt };
  return { kind, key: [place, cause], cause, count, is_more: isMore, ...times, event_ids: [...eventIds] };
}

/** Of one there is no last. */
function lastOf(count: number, at: number, now: number): string {
  return count === 1 ? ` ${ago(at, now)}` : `, the last ${ago(at, now)}`;
}

function many({ count, isMore }: Cause): string {
  return `${count.toLocaleString('en-US')}${isMore ? ' or more' : ''}`;
}

/** What went on of those that are dismissed. */
export function dismissedWords(count: number): string {
  return count === 0
    ? 'Nothing was left to dismiss.'
    : `${plural(count, 'message')} dismissed: ${count === 1 ? 'it stays in the record, and is' : 'they stay in the record, and are'} not sent.`;
}
