import type { Refused, SourceRequest } from '../../model/source.ts';
import { keysOf, trimmedKeys } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { staleWords } from '../../shared/signed-time.ts';
import { match, type StripeSignature, signatureIn, TOLERANCE_SECONDS } from './signature.ts';

/** Bodies above this are not tried in other spellings. */
const EXPLAIN_LIMIT = 1024 * 1024;

const WHERE = 'at Stripe under Developers → Webhooks → the endpoint → Signing secret';

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
  return staleWords('Stripe', 'kind' in found ? 0 : Number(found.timestamp), now, TOLERANCE_SECONDS);
}

function mismatch(secrets: readonly Secret[], { headers, body }: SourceRequest): string {
  if (keysOf(secrets).every((key) => key === null)) {
    return `No secret is configured here, so nothing can be verified: set STRIPE_WEBHOOK_SECRET to the one ${WHERE}.`;
  }
  const found = signatureIn(headers);
  if (!('kind' in found) && body.length <= EXPLAIN_LIMIT) {
    const certain = trimmed(secrets, found, body) ?? reserialised(secrets, found, body);
    if (certain !== null) return certain;
  }
  return `The signature does not match: the secret differs from the one ${WHERE} (each endpoint has its own, and so do test mode and \`stripe listen\`), or the body was altered on the way.`;
}

function trimmed(secrets: readonly Secret[], found: StripeSignature, body: Buffer): string | null {
  const secretNo = match(trimmedKeys(secrets), found, body);
  if (secretNo === null) return null;
  return `Secret no. ${secretNo} has white space or quotes around it that Stripe's does not have: remove them from the configuration.`;
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
