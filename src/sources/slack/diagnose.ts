import type { Refused, SourceRequest } from '../../model/source.ts';
import { keysOf, trimmedKeys } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { staleWords } from '../../shared/signed-time.ts';
import { match, signatureIn, TOLERANCE_SECONDS } from './signature.ts';

const WHERE = "at Slack under your app's Basic Information → App Credentials → Signing Secret";

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
  return staleWords('Slack', 'kind' in found ? 0 : Number(found.timestamp), now, TOLERANCE_SECONDS);
}

function mismatch(secrets: readonly Secret[], { headers, body }: SourceRequest): string {
  if (keysOf(secrets).every((key) => key === null)) {
    return `No secret is configured here, so nothing can be verified: set SLACK_SIGNING_SECRET to the one ${WHERE}.`;
  }
  const found = signatureIn(headers);
  const secretNo = 'kind' in found ? null : match(trimmedKeys(secrets), found, body);
  if (secretNo !== null) {
    return `Secret no. ${secretNo} has white space or quotes around it that Slack's does not have: remove them from the configuration.`;
  }
  return `The signature does not match: the secret differs from the one ${WHERE} (neither the client secret nor the verification token), or the body was altered on the way.`;
}
