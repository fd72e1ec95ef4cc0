import type { Refused, SourceRequest } from '../../model/source.ts';
import { type Signer, secretFault } from '../../shared/hmac.ts';
import { bodyOrNull } from '../../shared/payload.ts';
import type { Secret } from '../../shared/secret.ts';
import { staleWords } from '../../shared/signed-time.ts';
import { signedAtIn } from './envelope.ts';
import { match } from './signature.ts';

const SIGNER: Signer = {
  title: 'Linear',
  variable: 'LINEAR_WEBHOOK_SECRET',
  where: 'at Linear under Settings → API → Webhooks → the webhook → Signing secret',
};

interface Configured {
  readonly secrets: readonly Secret[];
  readonly tolerance: number;
}

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose({ secrets, tolerance }: Configured, request: SourceRequest, { cause }: Refused): string {
  switch (cause) {
    case 'unsigned':
      return 'There is no Linear-Signature: the sender is not Linear, or a proxy dropped the header.';
    case 'malformed_signature':
      return 'Linear-Signature is not 64 lower-case hex digits: it was cut, doubled or rewritten on the way, or the sender is not Linear.';
    case 'stale':
      return stale(tolerance, request);
    case 'mismatch':
      return mismatch(secrets, request);
  }
}

/** Linear tries again after a minute, an hour and six; nothing says whether it then signs a new time. */
function stale(tolerance: number, { body, now }: SourceRequest): string {
  const payload = bodyOrNull(body);
  const signedAt = (payload && signedAtIn(payload)) ?? 0;
  const words = staleWords(SIGNER.title, Math.floor(signedAt / 1000), now, tolerance);
  return `The signature is right, but not its time. ${words} If these are Linear's own retries, raise \`tolerance\` of this source.`;
}

function mismatch(secrets: readonly Secret[], { headers, body }: SourceRequest): string {
  return (
    secretFault(secrets, SIGNER, (bare) => match(bare, headers, body)) ??
    (match(secrets, headers, body.toString('utf8').trim()) === null
      ? `The signature does not match: the secret differs from the one ${SIGNER.where} (each webhook has its own), or the body was altered on the way.`
      : 'The secret is right, but the body was altered on the way: a proxy or forwarder put white space around it. Let it pass the bytes through.')
  );
}
