import type { Refused, SourceRequest } from '../../model/source.ts';
import { keysOf, type Signer, secretFault } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { type Signed, verify } from './signature.ts';

/** Bodies above this are not tried in other spellings. */
const EXPLAIN_LIMIT = 1024 * 1024;

const SIGNER: Signer = {
  title: 'Square',
  variable: 'SQUARE_WEBHOOK_SIGNATURE_KEY',
  where: 'at Square in the Developer Console → the application → Webhooks → Subscriptions → Signature key',
};

/** The likely cause of a refusal, and what to do, for the operator's log. Repeats nothing of the body or the secrets. Never throws. */
export function diagnose(secrets: readonly Secret[], request: SourceRequest, { cause }: Refused): string {
  switch (cause) {
    case 'unsigned':
      return request.headers['x-square-signature'] === undefined
        ? 'There is no x-square-hmacsha256-signature: the sender is not Square, or a proxy dropped the header.'
        : 'There is only the older x-square-signature (HMAC-SHA1), which is not taken: the sender is not Square, or a proxy dropped x-square-hmacsha256-signature.';
    case 'malformed_signature':
      return 'x-square-hmacsha256-signature is not 32 bytes in base64: it was cut, doubled or rewritten on the way, or the sender is not Square.';
    case 'stale':
    case 'mismatch':
      return mismatch(secrets, request);
  }
}

function mismatch(secrets: readonly Secret[], request: SourceRequest): string {
  const tried = request.body.length <= EXPLAIN_LIMIT;
  const fault = secretFault(secrets, SIGNER, (bare) => (tried ? matched(bare, request) : null));
  return fault ?? (tried ? otherUrl(secrets, request) : null) ?? general(request);
}

function matched(secrets: readonly Secret[], signed: Signed): number | null {
  const found = verify(keysOf(secrets), signed);
  return typeof found === 'number' ? found : null;
}

/** Square signs the URL as it was typed there, to the last slash. */
function otherUrl(secrets: readonly Secret[], request: SourceRequest): string | null {
  for (const url of spellings(request.url)) {
    if (matched(secrets, { ...request, url }) === null) continue;
    return `The key is right, but Square signed another URL: ${url} stands there, and ${request.url} here. Make them one, to the last slash: at Square, by PUBLIC_URL, or by notification_url of this source.`;
  }
  return null;
}

function spellings(url: string): readonly string[] {
  const bare = url.replace(/\?.*$/s, '').replace(/\/+$/, '');
  const swapped = bare.startsWith('https:') ? bare.replace(/^https/, 'http') : bare.replace(/^http:/, 'https:');
  return [bare, `${bare}/`, swapped, `${swapped}/`].filter((each) => each !== url);
}

function general({ url }: SourceRequest): string {
  if (url.startsWith('/')) {
    return 'Square signs the URL that it calls, and nobody said here what that is: set PUBLIC_URL, or notification_url of this source.';
  }
  return `The signature does not match: the key differs from the one ${SIGNER.where} (each subscription has its own, and so has the sandbox), the URL there is not ${url}, or the body was altered on the way.`;
}
