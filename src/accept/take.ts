import type { NewEvent } from '../model/event.ts';
import type { Headers } from '../model/headers.ts';
import { InboxUnavailableError } from '../model/inbox.ts';
import { isVerified, type Received, type ReceivedEvent, type Source, type SourceRequest } from '../model/source.ts';
import { GREETING } from '../model/turned-away.ts';
import type { AcceptParts } from './accept-deps.ts';
import type { Answer } from './answers.ts';
import * as answers from './answers.ts';
import type { Inbound } from './inbound.ts';
import type { Refusal } from './refusals.ts';

/** Whether the request in hand has shown that its sender has a secret. */
export interface Trust {
  isVerified: boolean;
}

/** From here on the request is in memory as a whole: what its source makes of it → commit → answer. */
export async function take(
  parts: AcceptParts,
  source: Source,
  inbound: Inbound,
  request: SourceRequest,
  trust: Trust,
): Promise<Answer | Refusal> {
  const answer = source.receive(request);
  // Most sources need not wait for anything, and their deliveries do not wait either.
  const received = answer instanceof Promise ? await answer : answer;
  trust.isVerified = isVerified(received);
  countSecret(parts, source, received);
  switch (received.kind) {
    case 'event':
      return append(parts, inbound, newEvent(source, request, received), received);
    case 'handshake':
      parts.tally?.count(source.name, GREETING, null);
      return answers.replied('handshake', received.reply);
    default:
      return received;
  }
}

export function requestOf({ clock, urlOf }: AcceptParts, inbound: Inbound, body: Buffer): SourceRequest {
  const { method = '', headers } = inbound;
  return { method, url: urlOf(inbound), headers, body, now: clock.now() };
}

function countSecret({ telemetry, rotation }: AcceptParts, { name }: Source, received: Received): void {
  if (!('secretNo' in received) || received.secretNo === undefined) return;
  telemetry.verified(name, received.secretNo);
  rotation.verified(name, received.secretNo);
}

function newEvent(
  { name, storedHeaders }: Source,
  { headers, body, now }: SourceRequest,
  event: ReceivedEvent,
): NewEvent {
  const { deliveryId, guid, type, secretNo } = event;
  return {
    origin: 'webhook',
    source: name,
    deliveryId,
    guid,
    type,
    headers: allowed(storedHeaders, headers),
    body: event.body ?? body,
    receivedAt: now,
    secretNo,
  };
}

async function append(
  { intake, telemetry, clock, onAccepted, refusalLog }: AcceptParts,
  inbound: Inbound,
  event: NewEvent,
  { reply }: ReceivedEvent,
): Promise<Answer> {
  const begun = clock.monotonic();
  try {
    const appended = await intake.append(event);
    telemetry.appended((clock.monotonic() - begun) / 1000);
    onAccepted?.(event, appended);
    return answers.stored(appended.status, appended.id, reply);
  } catch (error) {
    if (!(error instanceof InboxUnavailableError)) throw error;
    const message = `an event could not be stored and its sender was told to try again: ${error.message}`;
    refusalLog.failed(event.source, 'unavailable', inbound, error, message);
    return answers.UNAVAILABLE;
  }
}

function allowed(names: readonly string[], headers: Headers): Headers {
  const kept: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
