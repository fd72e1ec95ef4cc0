import type { Refused, SourceRequest } from '../../model/source.ts';
import { type Signer, secretFault } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { match } from './signature.ts';

const SIGNER: Signer = {
  title: 'Sentry',
  variable: 'SENTRY_CLIENT_SECRET',
  where: 'at Sentry under Settings → Custom Integrations → the integration → Credentials → Client Secret',
};

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose(secrets: readonly Secret[], request: SourceRequest, { cause }: Refused): string {
  switch (cause) {
    case 'unsigned':
      return 'There is no Sentry-Hook-Signature: the sender is not Sentry, or is its old "webhooks" plugin, which signs nothing (make an internal integration instead), or a proxy dropped the header.';
    case 'malformed_signature':
      return 'Sentry-Hook-Signature is not 64 lower-case hex digits: it was cut, doubled or rewritten on the way, or the sender is not Sentry.';
    case 'stale':
      return 'Sentry signs no time.';
    case 'mismatch':
      return mismatch(secrets, request);
  }
}

function mismatch(secrets: readonly Secret[], { headers, body }: SourceRequest): string {
  const isBodyLost = body.length > 0 && match(secrets, headers, '') !== null;
  return (
    secretFault(secrets, SIGNER, (bare) => match(bare, headers, body)) ??
    (isBodyLost
      ? 'The secret is right, but Sentry signed an empty body: something on the way put another in its place.'
      : `The signature does not match: the secret differs from the one ${SIGNER.where} (it is not the token), or the body was altered on the way.`)
  );
}
