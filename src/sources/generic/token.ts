import { isUtf8 } from 'node:buffer';
import type { Headers } from '../../model/headers.ts';
import type { Refused } from '../../model/source.ts';
import { type Tokens, tokenIs, tokensOf } from '../../shared/hmac.ts';
import { Secret } from '../../shared/secret.ts';
import type { TokenProof } from './declaration.ts';
import { BASIC_USER } from './settings.ts';

const UNSIGNED = { kind: 'refused', cause: 'unsigned' } as const satisfies Refused;
const MALFORMED = { kind: 'refused', cause: 'malformed_signature' } as const satisfies Refused;

/** The names of schemes have no case. https://www.rfc-editor.org/rfc/rfc9110#section-11.1 */
const SENT = { bearer: /^bearer +(\S+)$/i, basic: /^basic +(\S+)$/i } as const;

/** What has to be sent. */
export function tokensFor({ scheme }: TokenProof, secrets: readonly Secret[]): Tokens {
  return tokensOf(scheme === 'basic' ? secrets.map(credentials) : secrets);
}

/** `user:password`; an empty secret stays empty. */
export function credentials(secret: Secret): Secret {
  const text = secret.reveal();
  return text === '' || text.includes(':') ? secret : new Secret(`${BASIC_USER}:${text}`);
}

/** @returns which secret it was, from 1 */
export function verifyToken(proof: TokenProof, tokens: Tokens, headers: Headers): number | Refused {
  const given = givenIn(proof, headers);
  if (typeof given !== 'string') return given;
  return tokenIs(tokens, given) ?? { kind: 'refused', cause: 'mismatch' };
}

/** What was sent as the token, or as `user:password`. */
export function givenIn({ scheme, header, prefix }: TokenProof, headers: Headers): string | Refused {
  const value = headers[header] ?? '';
  if (value === '') return UNSIGNED;
  if (scheme === 'token') {
    const token = value.startsWith(prefix) ? value.slice(prefix.length) : '';
    return token === '' ? MALFORMED : token;
  }
  const sent = SENT[scheme].exec(value)?.[1];
  // Another scheme proves nothing of this one.
  if (sent === undefined) return new RegExp(`^${scheme}\\b`, 'i').test(value) ? MALFORMED : UNSIGNED;
  return scheme === 'bearer' ? sent : (decoded(sent) ?? MALFORMED);
}

/** UTF-8 in base64, in one spelling alone. https://www.rfc-editor.org/rfc/rfc7617#section-2.1 */
function decoded(base64: string): string | null {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 && isUtf8(bytes) ? bytes.toString('utf8') : null;
}
