import type { Refused, SourceRequest } from '../../model/source.ts';
import { type Signer, secretFault } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { match } from './signature.ts';

const SIGNER: Signer = {
  title: 'Shopify',
  variable: 'SHOPIFY_WEBHOOK_SECRET',
  where:
    'at Shopify: the client secret of the app (Dev Dashboard → the app → Settings), or for webhooks made under Settings → Notifications → Webhooks the key that is shown there',
};

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose(secrets: readonly Secret[], request: SourceRequest, { cause }: Refused): string {
  switch (cause) {
    case 'unsigned':
      return 'There is no X-Shopify-Hmac-Sha256 and no shopify-hmac-sha256: the sender is not Shopify, or a proxy dropped the header.';
    case 'malformed_signature':
      return 'The signature is not 32 bytes in base64: it was cut, doubled or rewritten on the way, or the sender is not Shopify.';
    case 'stale':
      return 'Shopify signs no time, so this is not said of its requests.';
    case 'mismatch':
      return mismatch(secrets, request);
  }
}

function mismatch(secrets: readonly Secret[], { headers, body }: SourceRequest): string {
  const fault = secretFault(secrets, SIGNER, (bare) => match(bare, headers, body));
  return (
    fault ??
    `The signature does not match: the secret differs from the one ${SIGNER.where}; or the body was altered on the way. Within an hour of a rotation Shopify may still sign with the old secret: give both.`
  );
}
