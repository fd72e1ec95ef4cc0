import type { Refused, SourceRequest } from '../../model/source.ts';
import { keysOf, type Signer, secretFault } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { staleWords } from '../../shared/signed-time.ts';
import { match, signatureIn, TOLERANCE_SECONDS } from './signature.ts';

const SIGNER: Signer = {
  title: 'Slack',
  variable: 'SLACK_SIGNING_SECRET',
  where: "at Slack under your app's Basic Information → App Credentials → Signing Secret",
};

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose(secrets: readonly Secret[], request: SourceRequest, { cause }: Refused): string {
  switch (cause) {
    case 'unsigned':
      return 'There is no X-Slack-Signature: the sender is not Slack, or a proxy dropped the header.';
    case 'malformed_signature':
      return 'X-Slack-Signature is not "v0=" and 64 lower-case hex digits beside an X-Slack-Request-Timestamp in seconds: a header was dropped, doubled or rewritten on the way, or the sender is not Slack.';
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
  const fault = secretFault(secrets, SIGNER, (bare) => ('kind' in found ? null : match(keysOf(bare), found, body)));
  return (
    fault ??
    `The signature does not match: the secret differs from the one ${SIGNER.where} (neither the client secret nor the verification token), or the body was altered on the way.`
  );
}
