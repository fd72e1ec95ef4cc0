import type { LaneHead } from '../../model/inbox/archive.ts';
import type { Broken } from '../../model/inbox/lanes.ts';
import type { EventRecord, NotificationRecord } from '../../model/inbox/records.ts';
import type { NotificationState } from '../../model/notification.ts';
import { ago, iso, plural, span } from '../../shared/time-words.ts';
import { sinceAndWhy } from '../broken-words.ts';

/** Destinations at which nothing can arrive, by their names. */
export type BrokenLanes = ReadonlyMap<string, Broken>;

export function brokenAmong(heads: readonly LaneHead[]): BrokenLanes {
  return new Map(heads.flatMap(({ lane, broken }) => (broken === null ? [] : [[lane, broken] as const])));
}

/** Why an event was, or was not, announced, in one sentence. `invocation`: how this program is started. */
export function whatBecame(event: EventRecord, invocation: string, broken: BrokenLanes): string {
  const because = event.reason === null ? '' : `: ${withoutStop(event.reason)}`;
  switch (event.state) {
    case 'pending':
      return event.settlesAt === null
        ? 'Not decided yet: it waits for a worker.'
        : `Not decided yet: it settles until ${iso(event.settlesAt)}: labels may still be added, changed files be known, or more of the same follow.`;
    case 'skipped':
      return `Not announced${because}.`;
    case 'failed':
      return `Not announced: it could not be read${because}.`;
    case 'quarantined':
      return `Not announced, held back${because}. If it is genuine, release it: ${invocation} replay ${event.id}`;
    case 'routed':
      return whatBecameOfRouted(event, broken);
  }
}

function whatBecameOfRouted(event: EventRecord, broken: BrokenLanes): string {
  const by = (...states: readonly NotificationState[]) =>
    event.notifications.filter((notification) => states.includes(notification.state));
  const told = by('sent', 'merged');
  const [held, inLane] = [by('queued').filter(isHeld), by('queued').filter((each) => !isHeld(each))];
  const stuck = inLane.filter(({ destination }) => broken.has(destination));
  const waiting = inLane.filter(({ destination }) => !broken.has(destination));
  const parts = [
    told.length > 0 ? `announced to ${names(told)}` : null,
    waiting.length > 0 ? `waiting for ${names(waiting)}` : null,
    stuck.length > 0 ? `waiting for ${names(stuck)}, where nothing can arrive` : null,
    held.length > 0 ? `held by quiet hours for ${names(held)}` : null,
    by('dead').length > 0 ? `not announced to ${names(by('dead'))}: given up` : null,
    by('unknown').length > 0 ? `perhaps announced to ${names(by('unknown'))}: the answer was lost` : null,
  ].filter((part) => part !== null);
  const sentence = parts.length > 0 ? parts.join('; ') : 'no notification is recorded';
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** `, calling mona, acme/backend`, or nothing. */
export function calling({ trace }: Pick<EventRecord, 'trace'>, destination: string): string {
  const called = trace?.called?.[destination] ?? [];
  return called.length === 0 ? '' : `, calling ${called.join(', ')}`;
}

interface Seen {
  readonly broken: BrokenLanes;
  /** For readers who want to know when, and not how fast: ms since 1970. */
  readonly now?: number | undefined;
}

/** What became of one notification, in one sentence. */
export function fate(notification: NotificationRecord, receivedAt: number, { broken, now }: Seen): string {
  const attempts = notification.tries === 0 ? '' : ` after ${plural(notification.tries, 'attempt')}`;
  const because = notification.reason === null ? '' : `: ${withoutStop(notification.reason)}`;
  switch (notification.state) {
    case 'queued': {
      if (notification.notBefore !== null) return `held by quiet hours until ${iso(notification.notBefore)}`;
      const breakdown = broken.get(notification.destination);
      if (breakdown !== undefined) return `waiting, for nothing can arrive there since ${sinceAndWhy(breakdown)}`;
      const last = notification.attempts.at(-1)?.detail;
      return notification.tries === 0
        ? 'waiting for its turn'
        : `waiting to be tried again${attempts}${last ? `; last: ${last}` : ''}`;
    }
    case 'sent': {
      const at = notification.settledAt;
      if (now !== undefined)
        return `sent${at === null ? '' : ` ${ago(at, now)}`}${notification.tries > 1 ? `,${attempts}` : ''}`;
      return `sent${attempts}${at === null ? '' : `, ${span(at - receivedAt)} after receipt`}`;
    }
    case 'merged':
      if (now !== undefined) return 'told in one message with others';
      return `told in one message with notification ${notification.mergedInto}`;
    case 'dead':
      return `given up${attempts}${because}`;
    case 'unknown':
      return `sent perhaps, the answer was lost${because}`;
  }
}

function isHeld({ notBefore }: NotificationRecord): boolean {
  return notBefore !== null;
}

function names(notifications: readonly NotificationRecord[]): string {
  return [...new Set(notifications.map((notification) => notification.destination))].join(', ');
}

function withoutStop(text: string): string {
  return text.replace(/\.\s*$/, '');
}
