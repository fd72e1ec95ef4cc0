import type { LaneHead } from '../../model/inbox/archive.ts';
import type { EventRecord, NotificationRecord } from '../../model/inbox/records.ts';
import type { NotificationState } from '../../model/notification.ts';
import { ago, iso, plural, span } from '../../shared/time-words.ts';
import { sinceAndWhy } from '../broken-words.ts';
import { byAndSince } from '../held-words.ts';

/** Destinations where what waits stays, by their names: nothing can arrive there, or a person paused them. */
export type StoppedLanes = ReadonlyMap<string, Stop>;

type Stop = Pick<LaneHead, 'broken' | 'held'>;

export function stoppedAmong(heads: readonly LaneHead[]): StoppedLanes {
  return new Map(heads.filter(({ broken, held }) => broken !== null || held !== null).map((head) => [head.lane, head]));
}

/** Why an event was, or was not, announced, in one sentence. `invocation`: how this program is started. */
export function whatBecame(event: EventRecord, invocation: string, stopped: StoppedLanes): string {
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
      return whatBecameOfRouted(event, stopped);
  }
}

function whatBecameOfRouted(event: EventRecord, stopped: StoppedLanes): string {
  const by = (...states: readonly NotificationState[]) =>
    event.notifications.filter((notification) => states.includes(notification.state));
  const told = by('sent', 'merged');
  const [held, inLane] = [by('queued').filter(isHeld), by('queued').filter((each) => !isHeld(each))];
  const stuck = inLane.filter(({ destination }) => isBroken(stopped.get(destination)));
  const paused = inLane.filter(({ destination }) => isPaused(stopped.get(destination)));
  const waiting = inLane.filter(({ destination }) => !stopped.has(destination));
  const parts = [
    told.length > 0 ? `announced to ${names(told)}` : null,
    waiting.length > 0 ? `waiting for ${names(waiting)}` : null,
    stuck.length > 0 ? `waiting for ${names(stuck)}, where nothing can arrive` : null,
    paused.length > 0 ? `waiting for ${names(paused)}, paused by a person` : null,
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
  readonly stopped: StoppedLanes;
  /** For readers who want to know when, and not how fast: ms since 1970. */
  readonly now?: number | undefined;
}

/** What became of one notification, in one sentence. */
export function fate(notification: NotificationRecord, receivedAt: number, { stopped, now }: Seen): string {
  const attempts = notification.tries === 0 ? '' : ` after ${plural(notification.tries, 'attempt')}`;
  const because = notification.reason === null ? '' : `: ${withoutStop(notification.reason)}`;
  switch (notification.state) {
    case 'queued': {
      if (notification.notBefore !== null) return `held by quiet hours until ${iso(notification.notBefore)}`;
      const { broken = null, held = null } = stopped.get(notification.destination) ?? {};
      if (broken !== null) return `waiting, for nothing can arrive there since ${sinceAndWhy(broken)}`;
      if (held !== null) return `waiting: paused by ${byAndSince(held)}`;
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

function isBroken(stop: Stop | undefined): boolean {
  return stop !== undefined && stop.broken !== null;
}

/** What is broken as well is mended first. */
function isPaused(stop: Stop | undefined): boolean {
  return stop !== undefined && stop.broken === null && stop.held !== null;
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
