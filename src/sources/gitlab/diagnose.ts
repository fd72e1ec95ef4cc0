import type { Refused, SourceRequest } from '../../model/source.ts';
import { type Signer, secretFault } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { staleWords } from '../../shared/signed-time.ts';
import { STANDARD_TOLERANCE_SECONDS } from '../../shared/standard-webhooks.ts';
import { isSigned, isSigningToken, proofsOf, TIME, TOKEN, verify } from './signature.ts';

const SIGNER: Signer = {
  title: 'GitLab',
  variable: 'GITLAB_WEBHOOK_SECRET',
  where: 'at GitLab under Settings → Webhooks → Edit',
};

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose(secrets: readonly Secret[], request: SourceRequest, { cause }: Refused): string {
  switch (cause) {
    case 'unsigned':
      return unsigned(request);
    case 'malformed_signature':
      return 'webhook-signature is not "v1," and 32 bytes in base64, or webhook-id or webhook-timestamp is missing: they were cut or rewritten on the way, or the sender is not GitLab.';
    case 'stale':
      return staleWords(SIGNER.title, Number(request.headers[TIME]), request.now, STANDARD_TOLERANCE_SECONDS);
    case 'mismatch':
      return mismatch(secrets, request);
  }
}

function unsigned({ headers }: SourceRequest): string {
  if ((headers[TOKEN] ?? '') === '') {
    return 'There is neither webhook-signature nor X-Gitlab-Token: the webhook has no secret, the sender is not GitLab, or a proxy dropped the header.';
  }
  return `A signing token is configured here, but only X-Gitlab-Token came: set the signing token ${SIGNER.where} too, or add the secret token to ${SIGNER.variable} while you change over.`;
}

function mismatch(secrets: readonly Secret[], request: SourceRequest): string {
  const fault = secretFault(secrets, SIGNER, (bare) => {
    const found = verify(proofsOf(bare), request);
    return typeof found === 'number' ? found : null;
  });
  if (fault !== null) return fault;
  if (!isSigned(request.headers))
    return `X-Gitlab-Token is not the secret token that is configured here: it differs from the one ${SIGNER.where}.`;
  if (!secrets.some(isSigningToken)) {
    return `GitLab signed it with a signing token, but only secret tokens are configured here: add the one that begins with whsec_ to ${SIGNER.variable}.`;
  }
  return `The signature does not match: the signing token differs from the one ${SIGNER.where}, or the body was altered on the way.`;
}
