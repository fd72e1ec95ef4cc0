import type { EventRecord, NotificationRecord } from '../../model/inbox.ts';
import type { NotificationState } from '../../model/notification.ts';
import { plural, span } from './time-words.ts';

/** Why an event was, or was not, announced, in one sentence. */
export function verdict(event: EventRecord): string {
  const because = event.reason === null ? '' : `: ${withoutStop(event.reason)}`;
  switch (event.state) {
    case 'pending':
      return 'Not decided yet: it waits for a worker.';
    case 'skipped':
      return `Not announced${because}.`;
    case 'failed':
      return `Not announced: it could not be read${because}.`;
    case 'quarantined':
      return `Not announced, held back${because}. Release it with \`replay ${event.id}\` if it is genuine.`;
    case 'routed':
      return routedVerdict(event);
  }
}

function routedVerdict(event: EventRecord): string {
  const by = (...states: readonly NotificationState[]) =>
    event.notifications.filter((notification) => states.includes(notification.state));
  const told = by('sent', 'merged');
  const parts = [
    told.length > 0 ? `announced to ${names(told)}` : null,
    by('queued').length > 0 ? `waiting to be told to ${names(by('queued'))}` : null,
    by('dead').length > 0 ? `not told to ${names(by('dead'))}: given up` : null,
    by('unknown').length > 0 ? `perhaps told to ${names(by('unknown'))}: the answer was lost` : null,
  ].filter((part) => part !== null);
  const sentence = parts.length > 0 ? parts.join('; ') : 'no notification is recorded';
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}

/** What became of one notification, in one sentence. */
export function fate(notification: NotificationRecord, receivedAt: number): string {
  const attempts = notification.tries === 0 ? '' : ` after ${plural(notification.tries, 'attempt')}`;
  const because = notification.reason === null ? '' : `: ${withoutStop(notification.reason)}`;
  switch (notification.state) {
    case 'queued': {
      const last = notification.attempts.at(-1)?.detail;
      return notification.tries === 0
        ? 'waiting for its turn'
        : `waiting to be tried again${attempts}${last ? `; last: ${last}` : ''}`;
    }
    case 'sent':
      return `sent${attempts}${notification.settledAt === null ? '' : `, ${span(notification.settledAt - receivedAt)} after receipt`}`;
    case 'merged':
      return `told in the digest of notification ${notification.mergedInto}`;
    case 'dead':
      return `given up${attempts}${because}`;
    case 'unknown':
      return `sent perhaps, the answer was lost${because}`;
  }
}

function names(notifications: readonly NotificationRecord[]): string {
  return [...new Set(notifications.map((notification) => notification.destination))].join(', ');
}

function withoutStop(text: string): string {
  return text.replace(/\.\s*$/, '');
}
