import { createHash } from 'node:crypto';
import type { EventId, EventState, NewEvent } from '../model/event.ts';
import type { Appended } from '../model/inbox/intake.ts';
import type { WholeEvent, WholeNotification } from '../model/inbox/transfer.ts';
import type { Batch } from './batch.ts';
import { GroupCommit } from './group-commit.ts';
import type { Checked } from './repeats.ts';
import { searchedOf } from './search/words-about.ts';

/** What was decided about an event elsewhere, as it is stored here. */
export interface ImportedDecision
  extends Pick<WholeEvent, 'action' | 'repo' | 'actor' | 'about' | 'trace' | 'replays' | 'released'> {
  readonly state: Exclude<EventState, 'pending'>;
  readonly reason: string;
  readonly bodyDigest: Uint8Array;
  readonly expandedAt: number;
  /** Its headers and body were gone before it was written down. */
  readonly isBodiless: boolean;
  /** What was told. */
  readonly notifications: readonly WholeNotification[];
}

const MARK = 'imported';

/** Of a reason: in SQL. */
export function isImported(column: string): string {
  return `coalesce(${column} = '${MARK}' OR ${column} LIKE '${MARK}: %', false)`;
}

/**
 * One import in the shape of a batch, and what was decided about each of its events: `store` gets both, once or several times.
 */
export function bringIn(
  events: readonly WholeEvent[],
  store: (batch: Batch, decisions: readonly ImportedDecision[]) => Promise<readonly Appended[]>,
  now: () => number,
): Promise<readonly Appended[]> {
  const decisions = events.map(decisionOf);
  let at = 0;
  const commits = new GroupCommit(
    (batch) => {
      const from = at;
      at += batch.events.length;
      return store(batch, decisions.slice(from, at));
    },
    now,
    1,
  );
  return Promise.all(events.map((event) => commits.append(newEventOf(event))));
}

function newEventOf(event: WholeEvent): NewEvent {
  const { origin, source, deliveryId, guid, type, headers, body, receivedAt, secretNo } = event;
  const stored = { headers: headers ?? {}, body: body ?? Buffer.alloc(0) };
  return { origin, source, deliveryId, guid, type, ...stored, receivedAt, secretNo };
}

function decisionOf(event: WholeEvent): ImportedDecision {
  const { action, repo, actor, about, trace, replays, released, state, body, bodyDigest } = event;
  const isDecided = state !== 'pending';
  return {
    action,
    repo,
    actor,
    about,
    trace,
    replays,
    released,
    state: isDecided ? state : 'skipped',
    reason: markedAs(isDecided ? event.reason : 'it had not been decided'),
    bodyDigest: bodyDigest === null ? digestOf(body) : Buffer.from(bodyDigest, 'hex'),
    expandedAt: event.expandedAt ?? event.receivedAt,
    isBodiless: body === null,
    notifications: event.notifications.filter(wasTold),
  };
}

function wasTold({ state }: WholeNotification): boolean {
  return state === 'sent' || state === 'merged';
}

/** The ids in a reason are those of the inbox it comes from. */
function markedAs(reason: string | null): string {
  if (reason === null) return MARK;
  return reason === MARK || reason.startsWith(`${MARK}: `) ? reason : `${MARK}: ${reason}`;
}

function digestOf(body: Buffer | null): Uint8Array {
  return createHash('sha256')
    .update(body ?? '')
    .digest();
}

/** As a decision that was made here. Of what is quarantined nobody is the original: that is known only where it came from. */
export function checkedOf(
  id: EventId,
  event: Pick<NewEvent, 'source' | 'guid' | 'type' | 'origin'>,
  decision: ImportedDecision,
): Checked {
  const { source, guid, type, origin } = event;
  const { replays, released, bodyDigest, state, reason, action, repo, trace } = decision;
  return {
    event: { id, source, guid, type, origin, replays, released },
    expansion: {
      eventId: id,
      bodyDigest,
      state,
      reason,
      action,
      repo,
      trace,
      notifications: [],
      settle: null,
      news: null,
      result: null,
      unrelatedSources: [],
      bodyMayRepeat: false,
      searched: searchedOf(decision),
    },
    suspectOf: null,
    notifications: [],
  };
}
