import type { Refused, SourceRequest } from '../../model/source.ts';
import { keysOf, matching, type Signer, secretFault } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { signaturesIn } from './signature.ts';

const SIGNER: Signer = {
  title: 'PagerDuty',
  variable: 'PAGERDUTY_WEBHOOK_SECRET',
  where: 'that PagerDuty showed when the subscription was made',
};

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose(secrets: readonly Secret[], request: SourceRequest, { cause }: Refused): string {
  switch (cause) {
    case 'unsigned':
      return 'There is no X-PagerDuty-Signature of version v1: the sender is not PagerDuty, or a proxy dropped the header.';
    case 'malformed_signature':
      return 'X-PagerDuty-Signature is not "v1=" and 64 lower-case hex digits: it was cut, doubled or rewritten on the way, or the sender is not PagerDuty.';
    case 'stale':
      return 'PagerDuty signs no time.';
    case 'mismatch':
      return `${mismatch(secrets, request)} PagerDuty does not send it again, and after three in a row stops for 24 hours: enable the subscription there once this is right.`;
  }
}

function mismatch(secrets: readonly Secret[], request: SourceRequest): string {
  return (
    fault(secrets, request) ??
    `The signature does not match: the secret differs from the one ${SIGNER.where} (each subscription has its own), or the body was altered on the way.`
  );
}

/** What is wrong with the secrets here, where the request proves that PagerDuty signed it. Null: nothing that shows. */
export function ownFault(secrets: readonly Secret[], request: SourceRequest): string | null {
  return secrets.every((secret) => secret.reveal() === '') ? null : fault(secrets, request);
}

function fault(secrets: readonly Secret[], { headers, body }: SourceRequest): string | null {
  const found = signaturesIn(headers);
  return secretFault(secrets, SIGNER, (bare) => ('kind' in found ? null : matching(keysOf(bare), found, body)));
}
