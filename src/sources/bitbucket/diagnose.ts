import type { Refused, SourceRequest } from '../../model/source.ts';
import { type Signer, secretFault } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { HEADER, match } from './signature.ts';

const SIGNER: Signer = {
  title: 'Bitbucket',
  variable: 'BITBUCKET_WEBHOOK_SECRET',
  where: 'at Bitbucket under Repository settings → Webhooks → Edit → Secret',
};

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose(secrets: readonly Secret[], request: SourceRequest, { cause }: Refused): string {
  if (cause === 'mismatch') return mismatch(secrets, request);
  if (cause === 'unsigned') return unsigned(request);
  return 'X-Hub-Signature is not "sha256=" and 64 lower-case hex digits: it was cut, doubled or rewritten on the way, or the sender is not Bitbucket.';
}

function unsigned({ headers }: SourceRequest): string {
  if (headers['x-hub-signature-256'] !== undefined)
    return 'X-Hub-Signature-256 came, which is not Bitbucket’s: another provider calls this source.';
  if (headers[HEADER]) return 'X-Hub-Signature is not of method sha256, the only one that is accepted.';
  if (headers['authorization']?.startsWith('JWT '))
    return 'The request is of a Connect or Forge app, which signs with a JWT: use a webhook of a repository or a workspace.';
  return `The request is not signed: no secret is set for this webhook. Set the same one ${SIGNER.where}.`;
}

function mismatch(secrets: readonly Secret[], { headers, body }: SourceRequest): string {
  const fault = secretFault(secrets, SIGNER, (bare) => match(bare, headers, body));
  return (
    fault ??
    `The signature does not match: the secret differs from the one ${SIGNER.where}, or the body was altered on the way.`
  );
}
