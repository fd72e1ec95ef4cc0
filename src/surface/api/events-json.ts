import type { AttemptRecord, EventRecord, EventSummary, NotificationRecord } from '../../model/inbox.ts';

// The JSON of the API: snake_case, times in ISO 8601 (UTC). The summary's names are those of `tidings events --json`.

export function summaryJson(event: EventSummary) {
  return {
    id: event.id,
    source: event.source,
    type: event.type,
    action: event.action,
    delivery_id: event.deliveryId,
    repo: event.repo,
    state: event.state,
    reason: event.reason,
    received_at: iso(event.receivedAt),
  };
}

export function recordJson(event: EventRecord) {
  return {
    ...summaryJson(event),
    guid: event.guid,
    origin: event.origin,
    stored_at: iso(event.storedAt),
    expanded_at: event.expandedAt === null ? null : iso(event.expandedAt),
    secret_no: event.secretNo,
    replays: event.replays,
    suspect_of: event.suspectOf,
    headers: event.headers,
    body_sha256: event.bodyDigest,
    /** Text as received: a parsed body would no longer be what was signed. */
    body: event.body.toString('utf8'),
    trace: event.trace,
    notifications: event.notifications.map(notificationJson),
  };
}

function notificationJson(notification: NotificationRecord) {
  return {
    id: notification.id,
    destination: notification.destination,
    rule: notification.rule,
    state: notification.state,
    reason: notification.reason,
    tries: notification.tries,
    merged_into: notification.mergedInto,
    is_replay: notification.isReplay,
    settled_at: notification.settledAt === null ? null : iso(notification.settledAt),
    attempts: notification.attempts.map(attemptJson),
  };
}

function attemptJson(attempt: AttemptRecord) {
  return {
    id: attempt.id,
    started_at: iso(attempt.startedAt),
    ended_at: attempt.endedAt === null ? null : iso(attempt.endedAt),
    outcome: attempt.outcome,
    request: attempt.request,
    detail: attempt.detail,
    size: attempt.size,
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
