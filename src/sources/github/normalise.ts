import type { Activity } from '../../model/activity.ts';
import type { StoredEvent } from '../../model/event.ts';
import { fateIn, whyMinor, whyNever } from '../../model/event-catalog.ts';
import { kindOf } from '../../model/kind.ts';
import { activity } from '../../model/new-activity.ts';
import type { Normalised } from '../../model/source.ts';
import { type Payload, PayloadError, textOrNull } from '../../shared/payload.ts';
import { contradiction } from './contradiction.ts';
import { EVENTS, eventOf } from './events.ts';
import { orgOf, person, repositoryOf, threadOf } from './normalise/common.ts';
import { toldExcerpt } from './normalise/excerpt.ts';
import type { ActivityParts, FamilyOutput } from './normalise/family.ts';
import { generic } from './normalise/generic.ts';
import { completed } from './older-forms.ts';
import { parsePayload } from './payload.ts';

/**
 * What happened, in Tidings' words. A happening that another event tells is skipped; an event that nobody knows yet is told
 * plainly.
 * @throws PayloadError when the body is no JSON object
 */
export function normalise(event: StoredEvent): Normalised {
  const sent = event.type === 'ping' ? pinged(event) : parsePayload(event);
  const suspicion = isVouchedFor(event) ? null : contradiction(event.type, sent);
  if (suspicion !== null) return { kind: 'suspect', reason: suspicion };
  if (event.type === 'ping') return { kind: 'skip', reason: 'ping: answered, not announced' };
  const payload = completed(event.type, sent);
  const action = textOrNull(payload, 'action');
  const never = whyNever(fateIn(EVENTS, event.type, action));
  if (never !== null) return { kind: 'skip', reason: `${kindOf(event.type, action)}: ${never}`, ...known(payload) };
  const output = outputOf(event.type, payload);
  if (output.kind === 'skip') return { kind: 'skip', reason: output.reason, ...known(payload) };
  return { kind: 'activity', activity: activityOf(event, payload, output) };
}

/** A payload that lacks what its family tells it by is told as an event that nobody knows is: who, where, what. */
function outputOf(type: string, payload: Payload): FamilyOutput {
  const plainly = generic(type);
  try {
    return (eventOf(type)?.normalise ?? plainly)(payload);
  } catch (error) {
    if (error instanceof PayloadError) return plainly(payload);
    throw error;
  }
}

/** Nobody needs what a ping says, readable or not. */
function pinged(event: StoredEvent): Payload {
  try {
    return parsePayload(event);
  } catch {
    return {};
  }
}

/** By a person, or by the provider itself: what was asked for came over TLS. */
function isVouchedFor({ origin, replays, released }: StoredEvent): boolean {
  return origin !== 'webhook' || replays > 0 || released === true;
}

function known(payload: Payload): { action?: string | undefined; repo?: string | undefined } {
  return {
    action: textOrNull(payload, 'action') ?? undefined,
    repo: textOrNull(payload, 'repository.full_name') ?? undefined,
  };
}

/** What is told the same way for every family: kind, actor, place and the keys that tell it once. */
export function activityOf(
  event: StoredEvent,
  payload: Payload,
  { echo, happening, isOnceADay, facts, ...told }: ActivityParts,
): Activity {
  const kind = kindOf(event.type, told.action);
  const place = repositoryOf(payload);
  return activity({
    isMinor: whyMinor(fateIn(EVENTS, event.type, told.action)) !== null,
    actor: person(payload, 'sender'),
    place,
    account: orgOf(payload),
    thread: threadOf(payload),
    ...told,
    excerpt: toldExcerpt(told, place),
    kind,
    type: event.type,
    source: event.source,
    facts: (facts ?? []).filter((fact) => fact !== null),
    echoKey: echoKeyOf(payload, kind, echo ?? null),
    // The guid is the event's own, whichever hook brought it: two hooks, one message.
    dedupKey: `github:${happening ? happening + (isOnceADay === true ? dayOf(event) : '') : `${event.guid}:${kind}`}`,
  });
}

/** By receipt, UTC: on both sides of midnight two events are two happenings. */
function dayOf({ receivedAt }: StoredEvent): string {
  return ` on ${new Date(receivedAt).toISOString().slice(0, 10)}`;
}

/** GitHub's names are the same in any case, and a poll may have been given another one than the webhook writes. */
function echoKeyOf(payload: Payload, kind: string, echo: string | null): string | null {
  const repo = textOrNull(payload, 'repository.full_name');
  return repo === null || echo === null ? null : `${kind} ${repo.toLowerCase()} ${echo}`;
}
