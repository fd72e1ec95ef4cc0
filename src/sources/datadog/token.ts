import { isUtf8 } from 'node:buffer';
import type { Headers } from '../../model/headers.ts';
import type { Refused } from '../../model/source.ts';
import { type Tokens, tokenIs } from '../../shared/hmac.ts';

/** Where the secret is looked for if nobody says: this, and without it the password of the address. */
export const DEFAULT_HEADER = 'x-webhook-token';
export const AUTHORIZATION = 'authorization';

/**
 * Datadog signs nothing: it sends along what it was told to. `header` in lower case; null: the default.
 * https://docs.datadoghq.com/integrations/webhooks/
 * @returns which secret it was, from 1
 */
export function verify(tokens: Tokens, headers: Headers, header: string | null): number | Refused {
  const token = tokenIn(headers, header);
  if (typeof token !== 'string') return token;
  return tokenIs(tokens, token) ?? { kind: 'refused', cause: 'mismatch' };
}

/** Null: there is a token, which may be right. */
export function glance(headers: Headers, header: string | null): Refused | null {
  const token = tokenIn(headers, header);
  return typeof token === 'string' ? null : token;
}

/** An empty one is one that no secret is. */
export function tokenIn(headers: Headers, header: string | null): string | Refused {
  const name = header ?? (headers[DEFAULT_HEADER] === undefined ? AUTHORIZATION : DEFAULT_HEADER);
  const value = headers[name];
  if (value === undefined) return { kind: 'refused', cause: 'unsigned' };
  return name === AUTHORIZATION ? (credentialsIn(value) ?? MALFORMED) : value;
}

const MALFORMED = { kind: 'refused', cause: 'malformed_signature' } as const satisfies Refused;

/** `Basic` with `user:password`, `Bearer` with a token. Null: neither. */
function credentialsIn(value: string): string | null {
  const [, scheme = '', given = ''] = /^(basic|bearer) +(\S+)$/i.exec(value) ?? [];
  if (scheme.toLowerCase() !== 'basic') return given === '' ? null : given;
  const bytes = Buffer.from(given, 'base64');
  const text = bytes.toString('utf8');
  // One spelling alone: what changes a letter changes the password.
  const isCanonical = bytes.toString('base64') === given && isUtf8(bytes);
  return isCanonical && text.includes(':') ? text : null;
}
