import type { Refused, SourceRequest } from '../../model/source.ts';
import { keysOf, type Signer, secretFault } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { staleWords } from '../../shared/signed-time.ts';
import { match, type StripeSignature, signatureIn, TOLERANCE_SECONDS } from './signature.ts';

/** Bodies above this are not tried in other spellings. */
const EXPLAIN_LIMIT = 1024 * 1024;

const SIGNER: Signer = {
  title: 'Stripe',
  variable: 'STRIPE_WEBHOOK_SECRET',
  where: 'at Stripe under Developers → Webhooks → the endpoint → Signing secret',
};

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose(secrets: readonly Secret[], request: SourceRequest, { cause }: Refused): string {
  switch (cause) {
    case 'unsigned':
      return 'There is no Stripe-Signature of scheme v1: the sender is not Stripe, or a proxy dropped the header.';
    case 'malformed_signature':
      return 'Stripe-Signature is not "t=…,v1=…" with one time and 64 lower-case hex digits: it was cut, doubled or rewritten on the way, or the sender is not Stripe.';
    case 'stale':
      return stale(request);
    case 'mismatch':
      return mismatch(secrets, request);
  }
}

function stale({ headers, now }: SourceRequest): string {
  const found = signatureIn(headers);
  return staleWords(SIGNER.title, 'kind' in found ? 0 : Number(found.timestamp), now, TOLERANCE_SECONDS);
}

function mismatch(secrets: readonly Secret[], { headers, body }: SourceRequest): string {
  const found = signatureIn(headers);
  const explained = 'kind' in found || body.length > EXPLAIN_LIMIT ? null : found;
  return (
    secretFault(secrets, SIGNER, (bare) => explained && match(keysOf(bare), explained, body)) ??
    (explained && reserialised(secrets, explained, body)) ??
    `The signature does not match: the secret differs from the one ${SIGNER.where} (each endpoint has its own, and so do test mode and \`stripe listen\`), or the body was altered on the way.`
  );
}

/** Stripe sends its JSON with line breaks and two spaces. */
function reserialised(secrets: readonly Secret[], found: StripeSignature, body: Buffer): string | null {
  const text = body.toString('utf8');
  for (const spelling of [indented(text), text.replaceAll('\r\n', '\n'), text.trim()]) {
    if (spelling === null || spelling === text || match(keysOf(secrets), found, spelling) === null) continue;
    return 'The secret is right, but the body was altered on the way: a proxy or forwarder wrote the JSON anew. Let it pass the bytes through.';
  }
  return null;
}

function indented(json: string): string | null {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return null;
  }
}
