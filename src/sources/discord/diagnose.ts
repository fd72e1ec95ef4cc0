import type { Refused, SourceRequest } from '../../model/source.ts';
import { type Signer, secretFault } from '../../shared/hmac.ts';
import { bodyOrNull } from '../../shared/payload.ts';
import type { Secret } from '../../shared/secret.ts';
import { staleWords } from '../../shared/signed-time.ts';
import { kindOf } from './envelope.ts';
import { publicKeysOf } from './keys.ts';
import { match, signatureIn, TIMESTAMP } from './signature.ts';
import { toleranceOf } from './tolerance.ts';

const SIGNER: Signer = {
  title: 'Discord',
  variable: 'DISCORD_PUBLIC_KEY',
  where: 'at Discord in the Developer Portal, under General Information → Public Key',
};

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body. Never throws. */
export function diagnose(secrets: readonly Secret[], request: SourceRequest, { cause }: Refused): string {
  switch (cause) {
    case 'unsigned':
      return 'There is no X-Signature-Ed25519: the sender is not Discord, or a proxy dropped the header.';
    case 'malformed_signature':
      return 'X-Signature-Ed25519 is not 128 lower-case hex digits beside an X-Signature-Timestamp in seconds: a header was dropped, doubled or rewritten on the way, or the sender is not Discord. Discord also sends such requests to see that they are refused.';
    case 'stale':
      return stale(request);
    case 'mismatch':
      return mismatch(secrets, request);
  }
}

function stale({ headers, body, now }: SourceRequest): string {
  const payload = bodyOrNull(body);
  const kind = payload === null ? null : kindOf(payload, null);
  return staleWords(SIGNER.title, Number(headers[TIMESTAMP]), now, toleranceOf(kind));
}

function mismatch(secrets: readonly Secret[], { headers, body }: SourceRequest): string {
  const found = signatureIn(headers);
  const fault = secretFault(secrets, SIGNER, (bare) =>
    'kind' in found ? null : match(publicKeysOf(bare), found, body),
  );
  return (
    fault ??
    `The signature does not match: the public key differs from the one ${SIGNER.where}, or the body was altered on the way. Discord also sends wrong signatures to see that they are refused: a few of these are as they should be.`
  );
}
