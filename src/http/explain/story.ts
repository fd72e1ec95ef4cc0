import type { EventRecord, NotificationRecord } from '../../model/inbox/records.ts';
import { iso, isoOrNull, span } from '../../shared/time-words.ts';
import type { Explanation } from '../api/answers/events.ts';
import { fate, type StoppedLanes, whatBecame } from './what-became.ts';

type Step = Explanation['steps'][number];
/** Null: it has not happened yet. */
type Moment = Omit<Step, 'at'> & { readonly at: number | null };

interface Telling {
  readonly invocation: string;
  readonly stopped: StoppedLanes;
}

/** received → verified → stored → decided → told, in the order in which it happened; last what has not yet. */
export function storyOf(event: EventRecord, telling: Telling): Step[] {
  const moments = [
    ...arrival(event),
    decision(event, telling),
    ...event.notifications.flatMap((each) => [...triesOf(each, event), endOf(each, event, telling)]),
  ];
  return moments
    .filter((moment) => moment !== null)
    .toSorted((a, b) => (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY))
    .map((moment) => ({ ...moment, at: isoOrNull(moment.at) }));
}

function arrival(event: EventRecord): readonly Moment[] {
  const { receivedAt, storedAt, source, secretNo, bodySize } = event;
  const bytes = `${bodySize.toLocaleString('en-US')} bytes`;
  return [
    {
      at: receivedAt,
      what: 'received',
      says: `Received from ${source}: ${bytes}, ${cameBy(event)}.`,
      destination: null,
    },
    ...(secretNo > 0
      ? [
          {
            at: receivedAt,
            what: 'verified' as const,
            says: `Its signature is right, by secret ${secretNo}.`,
            destination: null,
          },
        ]
      : []),
    {
      at: Math.max(storedAt, receivedAt),
      what: 'stored',
      says: `Stored ${span(Math.max(0, storedAt - receivedAt))} after receipt.`,
      destination: null,
    },
  ];
}

function cameBy({ origin, secretNo }: EventRecord): string {
  switch (origin) {
    case 'webhook':
      return secretNo === 0 ? 'heard over the connection of its source' : 'by webhook';
    case 'poll':
      return 'found by poll, so nothing is signed';
    case 'recovered':
      return 'missed at first, and fetched from its record there';
  }
}

function decision(event: EventRecord, { invocation, stopped }: Telling): Moment {
  const { expandedAt, state, trace, receivedAt } = event;
  const step = { at: expandedAt, what: 'decided' as const, destination: null };
  if (expandedAt === null || state !== 'routed') return { ...step, says: whatBecame(event, invocation, stopped) };
  const matched = trace?.rules.filter(({ result, to }) => result === 'matched' && to.length > 0) ?? [];
  const by =
    matched.length === 0 ? '' : `: ${matched.map(({ rule, to }) => `rule ${rule} → ${to.join(', ')}`).join('; ')}`;
  return { ...step, says: `Decided ${span(Math.max(0, expandedAt - receivedAt))} after receipt${by}.` };
}

/** Those that did not end it. */
function triesOf({ attempts, destination, state }: NotificationRecord, { receivedAt }: EventRecord): readonly Moment[] {
  const isOver = state !== 'queued';
  return attempts.flatMap(({ startedAt, endedAt, outcome, detail }, index) => {
    if (isOver && index === attempts.length - 1) return [];
    const after = span(Math.max(0, startedAt - receivedAt));
    const took = endedAt === null ? '' : ` in ${span(Math.max(0, endedAt - startedAt))}`;
    const what = outcome === null ? 'under way' : `${outcome}${took}${detail === null ? '' : `: ${detail}`}`;
    return [
      {
        at: startedAt,
        what: 'sending' as const,
        says: `Try ${index + 1} for ${destination}, ${after} after receipt: ${what}`,
        destination,
      },
    ];
  });
}

function endOf(notification: NotificationRecord, { receivedAt }: EventRecord, { stopped }: Telling): Moment {
  const { destination, state, settledAt, notBefore } = notification;
  const words = fate(notification, receivedAt, { stopped });
  switch (state) {
    case 'sent':
    case 'merged': {
      const after = settledAt === null ? '' : `, ${span(Math.max(0, settledAt - receivedAt))} after receipt`;
      return {
        at: settledAt,
        what: 'told',
        says: state === 'sent' ? `Told to ${destination}${after}.` : `${destination}: ${words}.`,
        destination,
      };
    }
    case 'dead':
    case 'unknown':
      return { at: settledAt, what: 'failed', says: `${destination}: ${words}.`, destination };
    case 'queued':
      if (notBefore !== null)
        return {
          at: null,
          what: 'held',
          says: `Held for ${destination} by quiet hours until ${iso(notBefore)}.`,
          destination,
        };
      return { at: null, what: 'sending', says: `${destination}: ${words}.`, destination };
  }
}
