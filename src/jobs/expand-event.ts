import { hash } from 'node:crypto';
import type { Activity } from '../model/activity.ts';
import type { StoredEvent } from '../model/event.ts';
import type { Expansion, NewNotification } from '../model/inbox.ts';
import type { Decision, Route } from '../model/rule.ts';
import type { Source } from '../model/source.ts';

/** What is to become of one event: normalise, route, decide. Pure, and never throws: a throw inside means `failed`. */
export function expandEvent(event: StoredEvent, sources: ReadonlyMap<string, Source>, route: Route): Expansion {
  const source = sources.get(event.source);
  if (source === undefined) {
    return failed(
      event,
      `no source "${event.source}" is configured any more: add it again, then tidings replay ${event.id}`,
    );
  }
  try {
    const normalised = source.normalise(event);
    if (normalised.kind === 'activity') return addressed(event, normalised.activity, route(normalised.activity));
    return {
      ...blank(event),
      state: 'skipped',
      reason: normalised.reason,
      action: text('action', normalised.action),
      repo: text('repo', normalised.repo),
    };
  } catch (error) {
    return failed(event, error instanceof Error ? error.message : String(error));
  }
}

function addressed(event: StoredEvent, activity: Activity, decision: Decision): Expansion {
  text('dedupKey', activity.dedupKey);
  const seen = {
    ...blank(event),
    action: text('action', activity.action),
    repo: text('repo', activity.repo?.fullName),
    trace: decision.trace,
  };
  if (decision.tell.length === 0)
    return { ...seen, state: 'skipped', reason: decision.reason ?? 'no rule asks for it' };
  return {
    ...seen,
    state: 'routed',
    reason: null,
    notifications: decision.tell.map(({ destination, rule }) => notification(event, activity, destination, rule)),
  };
}

function notification(event: StoredEvent, activity: Activity, destination: string, rule: string): NewNotification {
  const isReplay = event.replays > 0;
  // A key of its own, because an explicit replay is told again although the activity was told before.
  const dedupKey = isReplay ? `${activity.dedupKey}#replay-${event.replays}` : activity.dedupKey;
  return { destination, rule, activity, dedupKey, echoKey: text('echoKey', activity.echoKey), isReplay };
}

/**
 * What goes into a column is text. A payload is free to hold something else where a normaliser expects a name, and a value
 * the database refuses would keep the whole batch from being stored, again and again.
 */
function text(field: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new Error(`${field} is not text`);
  return value;
}

function failed(event: StoredEvent, reason: string): Expansion {
  return {
    ...blank(event),
    state: 'failed',
    reason: reason === '' ? 'the normaliser threw without a message' : reason,
  };
}

function blank(event: StoredEvent) {
  const bodyDigest = hash('sha256', event.body, 'buffer');
  return { eventId: event.id, bodyDigest, action: null, repo: null, trace: null, notifications: [] } as const;
}
