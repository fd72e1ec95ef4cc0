import type { Received, Reply, Source, SourceRequest } from '../../model/source.ts';
import { idOfBytes } from '../../shared/bounded-id.ts';
import { keyIdsOf } from '../../shared/hmac.ts';
import { bodyOrNull, isObject, type Payload, read } from '../../shared/payload.ts';
import type { Secret } from '../../shared/secret.ts';
import { isStale } from '../../shared/signed-time.ts';
import { diagnose } from './diagnose.ts';
import { interactionId, kindOf, typeOf } from './envelope.ts';
import { type PublicKeys, publicKeysOf } from './keys.ts';
import { normalise } from './normalise.ts';
import type { Endpoint, Names } from './settings.ts';
import { glance, SIGNATURE, TIMESTAMP, verify } from './signature.ts';
import { toleranceOf } from './tolerance.ts';

export interface DiscordSourceOptions {
  readonly name: string;
  /** Public keys: of more than one app on one address. */
  readonly secrets: readonly Secret[];
  /** Null: both, told apart. */
  readonly endpoint: Endpoint | null;
  readonly names: Names;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const PONG: Reply = { status: 200, headers: JSON_TYPE, body: '{"type":1}' };
/** What webhook events want to hear, with a Content-Type although there is no content. */
const NOTED: Reply = { status: 204, headers: JSON_TYPE, body: '' };
const EPHEMERAL = 64;
const CHOICES: Reply = { status: 200, headers: JSON_TYPE, body: '{"type":8,"data":{"choices":[]}}' };
/** The message stays as it is, and whoever pressed sees no failure. */
const UNCHANGED: Reply = { status: 200, headers: JSON_TYPE, body: '{"type":6}' };
/** Whoever typed a command sees it, and nobody else. */
const RECEIVED: Reply = {
  status: 200,
  headers: JSON_TYPE,
  body: `{"type":4,"data":{"content":"Received.","flags":${EPHEMERAL}}}`,
};

/** An app of Discord's: what people type and press for it, and its webhook events. */
export function discordSource({ name, secrets, endpoint, names }: DiscordSourceOptions): Source {
  const keys = publicKeysOf(secrets);
  return {
    name,
    provider: 'discord',
    contentTypes: ['application/json'],
    onceHeaders: [SIGNATURE, TIMESTAMP],
    storedHeaders: ['content-type', 'user-agent'],
    maxBodyBytes: 1024 * 1024,
    bodies: 'unique',
    glance,
    receive: (request) => receive(keys, endpoint, request),
    diagnose: (request, refused) => diagnose(secrets, request, refused),
    normalise: (event) => normalise(event, names),
    keyIds: keyIdsOf(secrets),
  };
}

function receive(keys: PublicKeys, endpoint: Endpoint | null, request: SourceRequest): Received {
  const secretNo = verify(keys, request);
  if (typeof secretNo !== 'number') return secretNo;
  const { headers, body, now } = request;
  const payload = bodyOrNull(body);
  const kind = payload === null ? null : kindOf(payload, endpoint);
  // Only what is signed says which kind it is, and how old it may be.
  if (isStale(Number(headers[TIMESTAMP]), now, toleranceOf(kind))) return { kind: 'refused', cause: 'stale' };
  if (payload === null) return { kind: 'unidentified', secretNo, missing: 'body, a JSON object,' };
  if (kind === null) return { kind: 'unidentified', secretNo, missing: 'field type, as this endpoint knows it,' };
  if (kind === 'ping') return { kind: 'handshake', secretNo, reply: read(payload, 'type') === 0 ? NOTED : PONG };
  const type = typeOf(payload);
  if (type === null)
    return { kind: 'unidentified', secretNo, missing: kind === 'event' ? 'field event.type' : 'field type' };
  const id = interactionId(payload);
  if (kind === 'interaction' && id === null) return { kind: 'unidentified', secretNo, missing: 'field id' };
  const deliveryId = kind === 'interaction' && id !== null ? id : idOfBytes(body);
  return { kind: 'event', deliveryId, guid: deliveryId, type, secretNo, reply: replyTo(kind, type, payload) };
}

/** Within 3 seconds. Nothing is ever sent after it: the token of an interaction is not used. */
function replyTo(kind: 'interaction' | 'event', type: string, payload: Payload): Reply {
  if (kind === 'event') return NOTED;
  if (type === 'APPLICATION_COMMAND_AUTOCOMPLETE') return CHOICES;
  const isOnMessage = isObject(read(payload, 'message'));
  return isOnMessage && type !== 'APPLICATION_COMMAND' ? UNCHANGED : RECEIVED;
}
