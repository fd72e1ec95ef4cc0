import { isUtf8 } from 'node:buffer';
import type { Selection, WholeEvent, WholeNotification } from '../../model/inbox/transfer.ts';
import { iso, isoOrNull } from '../../shared/time-words.ts';

// A file of events: JSON lines, the first of which says what the file is. Times are ISO 8601 in UTC. docs/archive.md

export const FORMAT = 'tidings.events';
export const FORMAT_VERSION = 1;

/** Begins every file. Where files were put together it stands in the middle too. */
export function headerLine(selection: Selection | null): string {
  const { since = null, until = null, repo = null, source = null } = selection ?? {};
  const chosen = { since: isoOrNull(since), until: isoOrNull(until), repo, source };
  return line({ format: FORMAT, version: FORMAT_VERSION, ...(selection === null ? {} : { selection: chosen }) });
}

export function eventLine(event: WholeEvent): string {
  return line({
    id: event.id,
    source: event.source,
    delivery_id: event.deliveryId,
    guid: event.guid,
    type: event.type,
    action: event.action,
    repo: event.repo,
    actor: event.actor,
    about: event.about,
    origin: event.origin,
    secret_no: event.secretNo,
    received_at: iso(event.receivedAt),
    stored_at: iso(event.storedAt),
    expanded_at: isoOrNull(event.expandedAt),
    settles_at: isoOrNull(event.settlesAt),
    state: event.state,
    reason: event.reason,
    replays: event.replays,
    released: event.released,
    suspect_of: event.suspectOf,
    headers: event.headers,
    ...bodyFields(event.body),
    ...(event.damage !== undefined && { damage: event.damage }),
    body_digest: event.bodyDigest,
    trace: event.trace,
    notifications: event.notifications.map(notificationJson),
  });
}

/** The same bytes come back: as text where they are UTF-8, else in base64. */
function bodyFields(body: Buffer | null): { body: string | null } | { body_base64: string } {
  if (body === null) return { body: null };
  return isUtf8(body) ? { body: body.toString('utf8') } : { body_base64: body.toString('base64') };
}

function notificationJson(notification: WholeNotification) {
  return {
    id: notification.id,
    destination: notification.destination,
    rule: notification.rule,
    state: notification.state,
    reason: notification.reason,
    dedup_key: notification.dedupKey,
    echo_key: notification.echoKey,
    is_replay: notification.isReplay,
    tries: notification.tries,
    merged_into: notification.mergedInto,
    not_before: isoOrNull(notification.notBefore),
    settled_at: isoOrNull(notification.settledAt),
    dismissed_at: isoOrNull(notification.dismissedAt),
    attempts: notification.attempts.map((attempt) => ({
      id: attempt.id,
      started_at: iso(attempt.startedAt),
      ended_at: isoOrNull(attempt.endedAt),
      outcome: attempt.outcome,
      request: attempt.request,
      detail: attempt.detail,
      size: attempt.size,
    })),
  };
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
