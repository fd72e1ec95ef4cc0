import type { Refused, SourceRequest } from '../../model/source.ts';
import { type Signer, secretFault } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { match } from './signature.ts';

const SIGNER: Signer = {
  title: 'Gitea',
  variable: 'GITEA_WEBHOOK_SECRET',
  where: 'at Gitea under Settings → Webhooks → Edit → Secret',
};

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose(secrets: readonly Secret[], request: SourceRequest, { cause }: Refused): string {
  if (cause === 'mismatch') return mismatch(secrets, request);
  if (cause === 'unsigned') return unsigned(request);
  return 'X-Gitea-Signature (or X-Forgejo-Signature) is not 64 lower-case hex digits, or another header says otherwise: it was cut, doubled or rewritten on the way, or the sender is not Gitea.';
}

function unsigned({ headers }: SourceRequest): string {
  if (headers['x-hub-signature'] !== undefined && headers['x-hub-signature'] !== 'sha1=')
    return 'Only the old SHA-1 signature came, which is not accepted: a proxy dropped X-Gitea-Signature, or the sender is not Gitea.';
  return `The request is not signed: no secret is set for this webhook. Set the same one ${SIGNER.where}.`;
}

function mismatch(secrets: readonly Secret[], { headers, body }: SourceRequest): string {
  const fault = secretFault(secrets, SIGNER, (bare) => match(bare, headers, body));
  return (
    fault ??
    `The signature does not match: the secret differs from the one ${SIGNER.where}, or the body was altered on the way.`
  );
}
