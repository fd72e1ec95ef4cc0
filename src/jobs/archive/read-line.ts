import { z } from 'zod';
import { EVENT_STATES, ORIGINS } from '../../model/event.ts';
import type { Selection, WholeEvent, WholeNotification } from '../../model/inbox/transfer.ts';
import { NOTIFICATION_STATES } from '../../model/notification.ts';
import type { Trace } from '../../model/rule.ts';
import { FORMAT, FORMAT_VERSION } from './event-line.ts';

/** It is no file of events, or not one that this version reads. The message is a sentence for a person. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}

export type Line =
  /** Null: it does not say. */
  | { readonly kind: 'header'; readonly selection: Selection | null }
  | { readonly kind: 'event'; readonly event: WholeEvent };

const time = z.iso.datetime().transform((text) => Date.parse(text));
const id = z.number().int().positive();
const count = z.number().int().nonnegative();
const text = z.string();
/** What a column is indexed by is short; senders are held to less. */
const name = text.min(1).max(1_000);

const HEADER = z.object({
  format: z.literal(FORMAT),
  version: z.number(),
  selection: z
    .object({ since: time.nullable(), until: time.nullable(), repo: text.nullable(), source: text.nullable() })
    .optional(),
});

const ATTEMPT = z.object({
  id,
  started_at: time,
  ended_at: time.nullable(),
  outcome: z.enum(['sent', 'retry', 'rejected', 'unknown']).nullable(),
  request: text,
  detail: text.nullable(),
  size: count,
});

const NOTIFICATION = z.object({
  id,
  destination: name,
  rule: text,
  state: z.enum(NOTIFICATION_STATES),
  reason: text.nullable(),
  dedup_key: text,
  echo_key: text.nullable(),
  is_replay: z.boolean(),
  tries: count,
  merged_into: id.nullable(),
  not_before: time.nullable(),
  settled_at: time.nullable(),
  // Not in what an older Tidings wrote.
  dismissed_at: time.nullable().default(null),
  attempts: z.array(ATTEMPT),
});

const EVENT = z.object({
  id,
  source: name,
  delivery_id: name,
  guid: name,
  type: name,
  action: text.nullable(),
  repo: text.nullable(),
  // Files of before do not say.
  actor: text.nullable().default(null),
  about: text.nullable().default(null),
  origin: z.enum(ORIGINS),
  secret_no: count,
  received_at: time,
  stored_at: time,
  expanded_at: time.nullable(),
  settles_at: time.nullable(),
  state: z.enum(EVENT_STATES),
  reason: text.nullable(),
  replays: count,
  released: z.boolean(),
  suspect_of: id.nullable(),
  headers: z.record(text, text).nullable(),
  body: text.nullable().optional(),
  body_base64: z.base64().optional(),
  body_digest: text.regex(/^[0-9a-f]{64}$/).nullable(),
  trace: z.record(text, z.unknown()).nullable(),
  notifications: z.array(NOTIFICATION),
});

/** @throws FormatError */
export function readLine(line: string): Line {
  const value = parsed(line);
  if (value instanceof Object && 'format' in value) return { kind: 'header', selection: selectionOf(value) };
  const event = EVENT.safeParse(value);
  if (!event.success) throw new FormatError(`it is no event (${problemOf(event.error)})`);
  return { kind: 'event', event: eventOf(event.data) };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new FormatError('it is no JSON');
  }
}

function selectionOf(value: object): Selection | null {
  const header = HEADER.safeParse(value);
  if (!header.success) throw new FormatError(`it is another format: ${problemOf(header.error)}`);
  const { version, selection } = header.data;
  if (version !== FORMAT_VERSION) {
    throw new FormatError(
      `it has version ${version} of the format, and this Tidings reads version ${FORMAT_VERSION}: a newer one wrote it`,
    );
  }
  return selection ?? null;
}

function problemOf({ issues: [first] }: z.ZodError): string {
  return first === undefined ? 'something is wrong' : `${first.path.join('.')}: ${first.message}`;
}

function eventOf(given: z.infer<typeof EVENT>): WholeEvent {
  return {
    id: given.id,
    source: given.source,
    deliveryId: given.delivery_id,
    guid: given.guid,
    type: given.type,
    action: given.action,
    repo: given.repo,
    actor: given.actor,
    about: given.about,
    origin: given.origin,
    secretNo: given.secret_no,
    receivedAt: given.received_at,
    storedAt: given.stored_at,
    expandedAt: given.expanded_at,
    settlesAt: given.settles_at,
    state: given.state,
    reason: given.reason,
    replays: given.replays,
    released: given.released,
    suspectOf: given.suspect_of,
    headers: given.headers,
    body: bodyOf(given),
    bodyDigest: given.body_digest,
    // What a trace holds is shown, not asked.
    trace: given.trace as Trace | null,
    notifications: given.notifications.map(notificationOf),
  };
}

function bodyOf({ body, body_base64 }: Pick<z.infer<typeof EVENT>, 'body' | 'body_base64'>): Buffer | null {
  if (body_base64 !== undefined) return Buffer.from(body_base64, 'base64');
  return body === null || body === undefined ? null : Buffer.from(body);
}

function notificationOf(given: z.infer<typeof NOTIFICATION>): WholeNotification {
  return {
    id: given.id,
    destination: given.destination,
    rule: given.rule,
    state: given.state,
    reason: given.reason,
    dedupKey: given.dedup_key,
    echoKey: given.echo_key,
    isReplay: given.is_replay,
    tries: given.tries,
    mergedInto: given.merged_into,
    notBefore: given.not_before,
    settledAt: given.settled_at,
    dismissedAt: given.dismissed_at,
    attempts: given.attempts.map((attempt) => ({
      id: attempt.id,
      startedAt: attempt.started_at,
      endedAt: attempt.ended_at,
      outcome: attempt.outcome,
      request: attempt.request,
      detail: attempt.detail,
      size: attempt.size,
    })),
  };
}
