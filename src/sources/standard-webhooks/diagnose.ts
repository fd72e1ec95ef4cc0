import type { Refused, SourceRequest } from '../../model/source.ts';
import { type Signer, secretFault } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { staleWords } from '../../shared/signed-time.ts';
import {
  matchingStandard,
  STANDARD_TOLERANCE_SECONDS,
  type StandardPrefix,
  standardKeysOf,
  standardSecretProblem,
  standardSignatureIn,
} from '../../shared/standard-webhooks.ts';
import { PREFIXES } from './settings.ts';

/** Bodies above this are not tried in other spellings. */
const EXPLAIN_LIMIT = 1024 * 1024;

const SIGNER: Signer = {
  title: 'the sender',
  variable: 'STANDARD_WEBHOOKS_SECRET',
  where: 'that the sender shows beside the endpoint',
};

interface Read {
  /** Whose headers were read. */
  readonly headers: StandardPrefix;
  readonly tolerance_seconds?: number | undefined;
}

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose(secrets: readonly Secret[], read: Read, request: SourceRequest, { cause }: Refused): string {
  const { headers: prefix, tolerance_seconds: tolerance = STANDARD_TOLERANCE_SECONDS } = read;
  const found = standardSignatureIn(request.headers, prefix);
  switch (cause) {
    case 'unsigned':
      return unsigned(prefix, request);
    case 'malformed_signature':
      return `The three headers ${prefix}-id, ${prefix}-timestamp (in seconds) and ${prefix}-signature ("v1," and base64) are not whole: one was dropped, cut or rewritten on the way.`;
    case 'stale':
      return staleWords('The sender', 'kind' in found ? 0 : Number(found.timestamp), request.now, tolerance);
    case 'mismatch':
      return mismatch(secrets, found, request);
  }
}

function unsigned(prefix: StandardPrefix, { headers }: SourceRequest): string {
  const other = PREFIXES.find((each) => each !== prefix && (headers[`${each}-signature`] ?? '') !== '');
  if (other !== undefined)
    return `There is no ${prefix}-signature, but a ${other}-signature: write headers: ${other}, or leave it out.`;
  const given = headers[`${prefix}-signature`] ?? '';
  const what = given === '' ? `There is no ${prefix}-signature` : `${prefix}-signature has neither v1 nor v1a`;
  return `${what}: the sender does not sign as Standard Webhooks says, or a proxy dropped the header.`;
}

function mismatch(
  secrets: readonly Secret[],
  found: ReturnType<typeof standardSignatureIn>,
  { body }: SourceRequest,
): string {
  const set = secrets.map((secret) => secret.reveal()).filter((secret) => secret !== '');
  const fault = secretFault(secrets, SIGNER, (bare) =>
    'kind' in found || body.length > EXPLAIN_LIMIT ? null : matchingStandard(standardKeysOf(bare), found, body),
  );
  if (fault !== null) return fault;
  if (set.every((secret) => standardSecretProblem(secret) !== undefined))
    return 'The secret is none of Standard Webhooks: give all of it, whsec_ or whpk_ and the key in base64.';
  const hasShared = set.some((secret) => secret.startsWith('whsec_'));
  if (!('kind' in found) && (hasShared ? found.v1 : found.v1a).length === 0)
    return hasShared
      ? 'It is signed by a private key (v1a) alone: give the public one of the sender, whpk_….'
      : 'It is signed by a shared secret (v1) alone: give that, whsec_….';
  return 'The signature does not match: each endpoint at the sender has a secret of its own, and so have test and live; or the body was altered on the way.';
}
