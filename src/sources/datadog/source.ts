import { identified, type Received, type Source, type SourceRequest } from '../../model/source.ts';
import { keyIdsOf, type Tokens, tokensOf } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { identify, payloadOf } from './envelope.ts';
import { normalise } from './normalise.ts';
import { AUTHORIZATION, DEFAULT_HEADER, glance, verify } from './token.ts';

export interface DatadogSourceOptions {
  readonly name: string;
  /** Tokens, or `user:password`. All are tried, while one is changed. */
  readonly secrets: readonly Secret[];
  /** The header that holds it, and no other. Without it: `X-Webhook-Token`, else the password of the address. */
  readonly header?: string;
}

/** Datadog's webhooks: a token, and a body after a template of the user's. Nothing is signed. */
export function datadogSource({ name, secrets, header: named }: DatadogSourceOptions): Source {
  const tokens = tokensOf(secrets);
  const header = named?.toLowerCase() ?? null;
  return {
    name,
    provider: 'datadog',
    contentTypes: ['application/json', 'application/x-www-form-urlencoded'],
    onceHeaders: header === null ? [DEFAULT_HEADER, AUTHORIZATION] : [header],
    storedHeaders: ['content-type', 'user-agent'],
    maxBodyBytes: 1024 * 1024,
    // A template without an id or a time says the same of every outage.
    bodies: 'repeat',
    glance: (headers) => glance(headers, header),
    receive: (request) => receive(tokens, request, header),
    diagnose: (request, refused) => diagnose(secrets, header, request, refused),
    normalise,
    payload: ({ body }) => payloadOf(body),
    keyIds: keyIdsOf(secrets),
  };
}

function receive(tokens: Tokens, { headers, body, now }: SourceRequest, header: string | null): Received {
  const secretNo = verify(tokens, headers, header);
  if (typeof secretNo !== 'number') return secretNo;
  return identified(secretNo, identify(body, now));
}
