import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { type Tokens, tokenIs, tokensOf } from '../../shared/hmac.ts';
import { Secret } from '../../shared/secret.ts';
import {
  type StandardKeys,
  standardHeaders,
  standardKeysOf,
  standardSignatureIn,
  verifyStandard,
} from '../../shared/standard-webhooks.ts';

// https://docs.gitlab.com/user/project/integrations/webhooks/: a secret token is sent as it is, a signing token signs.

export const TOKEN = 'x-gitlab-token';
export const [ID, TIME, SIGNATURE] = standardHeaders('webhook');
const SIGNING = 'whsec_';

/** The secrets in their order, each as what it is; null in the other list. */
export interface Proofs {
  readonly signing: StandardKeys;
  readonly tokens: Tokens;
  /** One is configured, whole or not: what is not signed needs a token that is configured too. */
  readonly isSigning: boolean;
}

export function proofsOf(secrets: readonly Secret[]): Proofs {
  const only = (isWanted: boolean) =>
    secrets.map((secret) => (isSigningToken(secret) === isWanted ? secret : new Secret('')));
  return {
    signing: standardKeysOf(only(true)),
    tokens: tokensOf(only(false)),
    isSigning: secrets.some(isSigningToken),
  };
}

export function isSigningToken(secret: Secret): boolean {
  return secret.reveal().startsWith(SIGNING);
}

/**
 * A signature is checked wherever a signing token is configured, and nothing makes up for a wrong one. A secret token is taken
 * where one is configured: of a webhook that has both, while it is changed here and there, the signature counts.
 * @returns which secret it was, from 1
 */
export function verify(proofs: Proofs, request: SourceRequest): number | Refused {
  const seen = glance(request.headers);
  if (seen !== null) return seen;
  if (proofs.isSigning && isSigned(request.headers)) return verifyStandard(proofs.signing, request, 'webhook');
  const token = request.headers[TOKEN] ?? '';
  const mayBeToken = proofs.tokens.some((known) => known !== null);
  if (proofs.isSigning && !mayBeToken) return { kind: 'refused', cause: 'unsigned' };
  return tokenIs(proofs.tokens, token) ?? { kind: 'refused', cause: 'mismatch' };
}

/** Null: there is something that proves it, and it may be right. */
export function glance(headers: Headers): Refused | null {
  const signature = standardSignatureIn(headers, 'webhook');
  if ('kind' in signature && signature.cause === 'malformed_signature') {
    return { kind: 'refused', cause: 'malformed_signature' };
  }
  const token = headers[TOKEN] ?? '';
  return 'kind' in signature && token === '' ? { kind: 'refused', cause: 'unsigned' } : null;
}

/** There is a signature of the scheme, right or wrong. */
export function isSigned(headers: Headers): boolean {
  return !('kind' in standardSignatureIn(headers, 'webhook'));
}
