import { createHash } from 'node:crypto';
import type { Received, Reply, Source, SourceRequest } from '../../model/source.ts';
import { type Keys, keyIdsOf, keysOf } from '../../shared/hmac.ts';
import { type Payload, PayloadError } from '../../shared/payload.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { type Identity, identify, isCallback } from './envelope.ts';
import { normalise } from './normalise.ts';
import { digestOf, isJson, parametersOf } from './parameters.ts';
import { FORM, glance, HEADER, SETTINGS, type Signed, verify } from './signature.ts';

export interface TwilioSourceOptions {
  readonly name: string;
  /** Auth tokens: all are tried, of several accounts or while one is rotated. */
  readonly secrets: readonly Secret[];
  /** The address as it is set at Twilio. Null: the one that the request came by. */
  readonly url: string | null;
}

/** Does nothing, which is what a caller or a sender then gets. */
const TWIML: Reply = {
  status: 200,
  headers: { 'Content-Type': 'text/xml' },
  body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
};
const NOTED: Reply = { status: 200, body: '' };

/** Twilio's webhooks: messages and calls that come in, what became of those that went out, errors, events of all products. */
export function twilioSource({ name, secrets, url }: TwilioSourceOptions): Source {
  const keys = keysOf(secrets);
  return {
    name,
    provider: 'twilio',
    methods: ['POST', 'GET'],
    contentTypes: [FORM, 'application/json', 'application/cloudevents+json', 'application/cloudevents-batch+json'],
    onceHeaders: [HEADER, SETTINGS],
    storedHeaders: ['content-type', 'user-agent', 'i-twilio-idempotency-token'],
    maxBodyBytes: 1024 * 1024,
    bodies: 'unique',
    glance,
    receive: (request) => receive(keys, url, request),
    diagnose: (request, refused) => diagnose({ secrets, url }, request, refused),
    normalise,
    payload: ({ body }) => parametersOf(body),
    keyIds: keyIdsOf(secrets),
  };
}

function receive(keys: Keys, url: string | null, request: SourceRequest): Received {
  const signed = verify(keys, request, url);
  if ('kind' in signed) return signed;
  const { secretNo, sent } = signed;
  const payload = opened(signed);
  if (payload === null) return { kind: 'unidentified', secretNo, missing: 'body, a form or JSON,' };
  const identity = identify(payload);
  const reply = isInstructed(identity, payload, signed) ? TWIML : NOTED;
  const deliveryId = idOfSignature(request.headers[HEADER] ?? '');
  return { kind: 'event', deliveryId, guid: idOf(identity, sent), type: identity.type, secretNo, body: sent, reply };
}

/**
 * Twilio signs the address, names and values in one row, without anything between them: whoever captured one request can cut it
 * differently, into other names, values, ids. Whatever is made of a signature, it is one delivery. A retry has the same one.
 */
function idOfSignature(signature: string): string {
  return createHash('sha256').update(signature).digest('hex').slice(0, 32);
}

/** Null: it is nothing that Twilio sends. A form whose parameters were signed is never read as JSON. */
function opened({ sent, isForm }: Signed): Payload | null {
  if (sent.length === 0 || (isForm && isJson(sent))) return null;
  try {
    return parametersOf(sent);
  } catch (error) {
    if (error instanceof PayloadError) return null;
    throw error;
  }
}

/** What happened: its thing and state, `SM…:delivered`; where they may come again, by what was signed too. */
function idOf({ sid, action, isOnce }: Identity, sent: Buffer): string {
  const parts = [sid, sid === null ? null : action, sid === null || !isOnce ? digestOf(sent) : null];
  return parts.filter((part) => part !== null).join(':');
}

/** A call or a message that comes in asks what to do. */
function isInstructed({ type, action }: Identity, payload: Payload, { isForm }: Signed): boolean {
  if (!isForm) return false;
  if (type === 'message') return action === 'received';
  return type === 'call' ? !isCallback(payload) : type === 'request';
}
