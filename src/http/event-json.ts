import { countFates } from '../model/fate.ts';
import type { EventRecord, EventSummary, NotificationRecord } from '../model/inbox/records.ts';
import { isNestedTooDeep } from '../shared/nesting.ts';
import { iso, isoOrNull } from '../shared/time-words.ts';
import type { Notification as NotificationJson, EventSummary as SummaryJson } from './api/answers/events.ts';

// Events as JSON for people's scripts, the same from the command line and from the API: snake_case, ISO 8601 in UTC.

/** One line of `events --json`, one item of `/api/v1/events`: scripts rely on exactly these keys. */
export function summaryJson(event: EventSummary): SummaryJson {
  return {
    id: event.id,
    source: event.source,
    type: event.type,
    action: event.action,
    delivery_id: event.deliveryId,
    repo: event.repo,
    actor: event.actor,
    about: event.about,
    state: event.state,
    reason: event.reason,
    fates: countFates(event.fates),
    destinations: event.fates.map(({ destination, fate, reason, words }) => ({ destination, fate, reason, words })),
    received_at: iso(event.receivedAt),
  };
}

/** One event whole: the summary's keys and all the rest. `body` is the payload where it is JSON, else text. Null, as `headers`: gone, or damaged, as `damage` says. */
export function recordJson(event: EventRecord) {
  return {
    ...summaryJson(event),
    guid: event.guid,
    origin: event.origin,
    stored_at: iso(event.storedAt),
    expanded_at: isoOrNull(event.expandedAt),
    secret_no: event.secretNo,
    replays: event.replays,
    suspect_of: event.suspectOf,
    settles_at: isoOrNull(event.settlesAt),
    headers: event.headers,
    body_digest: event.bodyDigest,
    body_bytes: event.bodySize,
    body: event.body && parsedBody(event.body),
    ...(event.damage !== undefined && { damage: event.damage }),
    trace: event.trace,
    notifications: event.notifications.map(notificationJson),
  };
}

export function notificationJson(notification: NotificationRecord): NotificationJson {
  return {
    id: notification.id,
    destination: notification.destination,
    rule: notification.rule,
    state: notification.state,
    reason: notification.reason,
    tries: notification.tries,
    merged_into: notification.mergedInto,
    is_replay: notification.isReplay,
    not_before: isoOrNull(notification.notBefore),
    settled_at: isoOrNull(notification.settledAt),
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

/** The payload of a body: JSON, or GitHub's form encoding with JSON in `payload`; otherwise, and where no payload nests so deep, its text. */
export function parsedBody(body: Buffer): unknown {
  const text = body.toString('utf8');
  const json = text.startsWith('payload=') ? (new URLSearchParams(text).get('payload') ?? text) : text;
  try {
    const parsed: unknown = JSON.parse(json);
    return isNestedTooDeep(parsed) ? text : parsed;
  } catch {
    return text;
  }
}
