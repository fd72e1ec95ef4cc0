import type { EventId, EventState } from '../model/event.ts';
import { type EventFate, FATES, type Fate } from '../model/fate.ts';
import type { NotificationState } from '../model/notification.ts';
import { fromStoredOrNull } from './stored-activity.ts';

/** Of a notification `n`, beside its one state: SQLite does not see by itself that an index over two holds it. */
export const IN_TROUBLE = "n.state IN ('dead', 'unknown')";

/** Of a notification `n` in trouble: no person said that it shall not be sent again. */
export const IS_UNTOLD = `${IN_TROUBLE} AND n.dismissed_at IS NULL`;

/** Of a notification `n`: the event was not put to the same destination again. */
export function isNewest(notifications: string): string {
  return `NOT EXISTS (
    SELECT 1 FROM ${notifications} later
    WHERE later.event_id = n.event_id AND later.destination = n.destination AND later.id > n.id)`;
}

export function isFate(state: EventState | Fate | undefined): state is Fate {
  return FATES.some((fate) => fate === state);
}

/** Of its own states and fates the second kind. */
export function fateIn(state: EventState | Fate | undefined): Fate | null {
  return isFate(state) ? state : null;
}

/** What both engines read of a notification. */
export interface FateRow {
  readonly eventId: EventId;
  readonly destination: string;
  readonly state: NotificationState;
  readonly isHeld: boolean | number;
  readonly reason: string | null;
  /** JSON. Null once it is told. */
  readonly activity: string | null;
}

/** Of these rows, in the order of their ids, the last of each destination counts. */
export function fatesByEvent(rows: readonly FateRow[]): ReadonlyMap<EventId, readonly EventFate[]> {
  return new Map([...Map.groupBy(rows, ({ eventId }) => eventId)].map(([id, some]) => [id, newestOf(some)]));
}

function newestOf(rows: readonly FateRow[]): readonly EventFate[] {
  const newest = new Map<string, FateRow>();
  for (const row of rows) {
    newest.delete(row.destination);
    newest.set(row.destination, row);
  }
  return [...newest.values()].map(eventFate);
}

function eventFate({ destination, state, isHeld, reason, activity }: FateRow): EventFate {
  const fate = fateOf(state, Boolean(isHeld));
  return { destination, fate, reason, words: activity === null ? null : words(activity) };
}

function fateOf(state: NotificationState, isHeld: boolean): Fate {
  switch (state) {
    case 'queued':
      return isHeld ? 'held' : 'waiting';
    case 'sent':
    case 'merged':
      return 'told';
    case 'dead':
    case 'unknown':
      return state;
  }
}

/** `Pull request opened: #7 Retry uploads` */
function words(json: string): string | null {
  const content = fromStoredOrNull(json);
  if (content === null) return null;
  const { subject, said } = content.activity;
  if (said.sentence !== null) return said.sentence;
  if (subject === null) return said.headline;
  return `${said.headline}: ${subject.handle === null ? '' : `${subject.handle} `}${subject.title}`;
}
