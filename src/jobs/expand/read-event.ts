import { hash } from 'node:crypto';
import type { Activity } from '../../model/activity.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { Expansion } from '../../model/inbox/backlog.ts';
import { damageWords, NO_DIGEST } from '../../model/pruning/gone.ts';
import type { Source } from '../../model/source.ts';
import { anyPayload } from '../../shared/any-payload.ts';
import { redact } from '../../shared/secrets/redact.ts';

/** What an event says, or what becomes of one that says nothing. */
export type Reading = { readonly event: StoredEvent; readonly activity: Activity } | Unsaid;

interface Unsaid {
  readonly event: StoredEvent;
  readonly activity: null;
  readonly expansion: Expansion;
}

/** Normalises. Pure, and never rejects: a throw inside means `failed`. */
export async function readEvent(event: StoredEvent, sources: ReadonlyMap<string, Source>): Promise<Reading> {
  if (event.damage !== undefined) return failed(event, damageWords(event.damage));
  const source = sources.get(event.source);
  if (source === undefined) {
    return failed(event, `no source "${event.source}" is configured any more: add it again, then replay the event`);
  }
  try {
    const normalised = await source.normalise(event);
    if (normalised.kind === 'skip') {
      const { reason, action, repo } = normalised;
      const said = { reason, action: text('action', action), repo: text('repo', repo) };
      return { event, activity: null, expansion: { ...blank(event), state: 'skipped', ...said } };
    }
    if (normalised.kind === 'suspect') {
      const reason = `${normalised.reason}: looks forged`;
      return { event, activity: null, expansion: { ...blank(event), state: 'quarantined', reason } };
    }
    const { activity } = normalised;
    const { action, place, keys } = activity;
    for (const [field, value] of Object.entries({ action, ...keys, place: place?.name })) text(field, value);
    return { event, activity };
  } catch (error) {
    return failed(event, error instanceof Error ? error.message : String(error));
  }
}

/** What a readable event's body says, for templates. */
export function payloadOf(event: StoredEvent, sources: ReadonlyMap<string, Source>): unknown {
  return sources.get(event.source)?.payload?.(event) ?? anyPayload(event.body);
}

export function failed(event: StoredEvent, reason: string): Unsaid {
  const said = reason === '' ? 'the normaliser threw without a message' : redact(reason);
  return { event, activity: null, expansion: { ...blank(event), state: 'failed', reason: said } };
}

export function blank(event: StoredEvent) {
  const bodyDigest = event.damage === undefined ? hash('sha256', event.body, 'buffer') : NO_DIGEST;
  return {
    eventId: event.id,
    bodyDigest,
    reason: null,
    action: null,
    repo: null,
    trace: null,
    searched: null,
    notifications: [],
    settle: null,
    news: null,
    result: null,
    unrelatedSources: [],
    bodyMayRepeat: false,
  } as const;
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
