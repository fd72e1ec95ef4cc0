import { createHash, timingSafeEqual } from 'node:crypto';
import type { Headers } from '../../model/headers.ts';
import type { Refused, SourceRequest } from '../../model/source.ts';
import { DIGEST_BYTES, type Hash, hmac, type Keys, matchingBy } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { signatureBytes } from '../../shared/signature-text.ts';
import { isCrowded, signedParameters } from './parameters.ts';
import { configuredUrl, signedUrls, split } from './signed-url.ts';

export const HEADER = 'x-twilio-signature';
/** `key=webhooks_sharedkey_…,algorithm=HMAC_SHA256`, where a rule at Twilio has a shared key sign. It is not signed itself. */
export const SETTINGS = 'x-twilio-webhooks-signature-settings';
export const FORM = 'application/x-www-form-urlencoded';

/** What a request says, as far as it was signed: the query of a GET, or the body. */
export interface Signed {
  readonly secretNo: number;
  readonly sent: Buffer;
  /** The parameters were signed one by one. Else the bytes were, by their digest in the URL. */
  readonly isForm: boolean;
}

interface TwilioSignature {
  readonly hash: Hash;
  readonly bytes: Buffer;
}

/** The value of `X-Twilio-Signature` that Twilio would send with this form, called at `url`. */
export function signatureOf(secret: Secret, url: string, form: string): string {
  return hmac('sha1', secret, url, signedParameters(form)).toString('base64');
}

/**
 * Checks `X-Twilio-Signature` over the URL and the parameters of a form; of any other body over the URL, which then holds the
 * body's digest: both must be right. `url`: the address that is set at Twilio, where it is none of ours.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export function verify(keys: Keys, request: SourceRequest, url: string | null): Signed | Refused {
  const { headers, method, body } = request;
  const signature = signatureIn(headers);
  if ('kind' in signature) return signature;
  const query = split(request.url).query ?? '';
  if (method !== 'POST') {
    const secretNo = match(keys, signature, request, url, '');
    return secretNo === null ? MISMATCH : { secretNo, sent: Buffer.from(query), isForm: true };
  }
  const digest = new URLSearchParams(query).get('bodySHA256');
  // Nothing binds such a body to the signature.
  if (digest === null && !isFormType(headers)) return { kind: 'refused', cause: 'unsigned' };
  if (digest === null && isCrowded(body)) return MISMATCH;
  const form = digest === null ? signedParameters(body.toString('utf8')) : '';
  const secretNo = match(keys, signature, request, url, form);
  if (secretNo === null || (digest !== null && !isDigestOf(digest, body))) return MISMATCH;
  // A request without a body says what its address says, as a GET does.
  return { secretNo, sent: body.length === 0 ? Buffer.from(query) : body, isForm: digest === null };
}

const MISMATCH = { kind: 'refused', cause: 'mismatch' } as const satisfies Refused;

/** Null: there is a signature, and only the rest can tell whether it is right. */
export function glance(headers: Headers): Refused | null {
  const signature = signatureIn(headers);
  return 'kind' in signature ? signature : null;
}

export function signatureIn(headers: Headers): TwilioSignature | Refused {
  const header = headers[HEADER];
  if (header === undefined || header === '') return { kind: 'refused', cause: 'unsigned' };
  const hash = hashIn(headers[SETTINGS] ?? '');
  const bytes = hash === null ? null : signatureBytes(header, 'base64', DIGEST_BYTES[hash]);
  return hash === null || bytes === null ? { kind: 'refused', cause: 'malformed_signature' } : { hash, bytes };
}

/** The auth token signs by SHA-1, and nobody says so. Null: an algorithm that is not known here. */
function hashIn(settings: string): Hash | null {
  switch (/(?:^|,) *algorithm *=([^,]*)/.exec(settings)?.[1]?.trim().toUpperCase() ?? '') {
    case '':
    case 'HMAC_SHA1':
      return 'sha1';
    case 'HMAC_SHA256':
      return 'sha256';
    default:
      return null;
  }
}

/** Which secret, counted from 1, signed one of the ways to write where Twilio called. `form`: as it is appended. */
export function match(
  keys: Keys,
  { hash, bytes }: TwilioSignature,
  request: SourceRequest,
  url: string | null,
  form: string,
): number | null {
  const addresses = url === null ? [request.url] : [configuredUrl(url, request), request.url];
  let found: number | null = null;
  for (const address of new Set(addresses.flatMap((each) => [...signedUrls(each)]))) {
    const secretNo = matchingBy(hash, keys, [bytes], address, form);
    found ??= secretNo;
  }
  return found;
}

function isFormType(headers: Headers): boolean {
  return (headers['content-type'] ?? '').trim().toLowerCase().startsWith(FORM);
}

function isDigestOf(hex: string, body: Buffer): boolean {
  const given = signatureBytes(hex, 'hex', DIGEST_BYTES.sha256);
  return given !== null && timingSafeEqual(given, createHash('sha256').update(body).digest());
}
