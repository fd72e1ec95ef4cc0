import type { Refused, SourceRequest } from '../../model/source.ts';
import { keysOf, type Signer, secretFault } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { isCrowded, signedParameters } from './parameters.ts';
import { match, SETTINGS, signatureIn } from './signature.ts';
import { split } from './signed-url.ts';

const SIGNER: Signer = {
  title: 'Twilio',
  variable: 'TWILIO_AUTH_TOKEN',
  where: 'at Twilio on the first page of the Console, under Account Info → Auth Token',
};

interface Configured {
  readonly secrets: readonly Secret[];
  readonly url: string | null;
}

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose(configured: Configured, request: SourceRequest, { cause }: Refused): string {
  switch (cause) {
    case 'unsigned':
      return 'kind' in signatureIn(request.headers)
        ? 'There is no X-Twilio-Signature: the sender is not Twilio, or a proxy dropped the header.'
        : 'The body is no form, and the URL holds no bodySHA256: nothing says that Twilio sent this body.';
    case 'malformed_signature':
      return request.headers[SETTINGS] === undefined
        ? 'X-Twilio-Signature is not 28 characters of base64: it was cut, doubled or rewritten on the way, or the sender is not Twilio.'
        : 'X-Twilio-Signature is none of the algorithm that X-Twilio-Webhooks-Signature-Settings names (HMAC_SHA1 or HMAC_SHA256), or it was cut or doubled on the way.';
    case 'stale':
      return 'Twilio signs no time.';
    case 'mismatch':
      return mismatch(configured, request);
  }
}

function mismatch({ secrets, url }: Configured, request: SourceRequest): string {
  const signature = signatureIn(request.headers);
  const isWhole = request.method !== 'POST' || new URLSearchParams(split(request.url).query ?? '').has('bodySHA256');
  if (!isWhole && isCrowded(request.body))
    return "The form has more parameters than any of Twilio's: the sender is not Twilio.";
  const form = isWhole ? '' : signedParameters(request.body.toString('utf8'));
  const by = (secrets: readonly Secret[], other = request) =>
    'kind' in signature ? null : match(keysOf(secrets), signature, other, url, form);
  const fault = secretFault(secrets, SIGNER, (bare) => by(bare));
  if (fault !== null) return fault;
  const otherScheme = {
    ...request,
    url: request.url.replace(/^http(s?):/, (_, s: string) => (s ? 'http:' : 'https:')),
  };
  if (by(secrets, otherScheme) !== null)
    return 'Twilio signed the same address with another scheme: PUBLIC_URL must begin with the http:// or https:// that is set at Twilio.';
  if (url === null && !/^https?:/.test(request.url))
    return 'Twilio signs the address that it calls, and nobody has said which one that is: set PUBLIC_URL, or the `url` of this source.';
  if (request.headers[SETTINGS]?.includes('key='))
    return 'A shared key of a webhook rule at Twilio signed, and its secret is not among those of this source; or the address differs from the one that Twilio calls.';
  return `The signature does not match: the auth token differs from the primary one ${SIGNER.where}, or Twilio calls by another address than PUBLIC_URL and the source's path (set it as \`url\`), or the body was altered on the way.`;
}
