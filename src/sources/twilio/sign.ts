import type { Headers } from '../../model/headers.ts';
import type { Secret } from '../../shared/secret.ts';
import { FORM, HEADER, signatureOf } from './signature.ts';
import { configuredUrl } from './signed-url.ts';

/** Fields, of which each is signed. What came in the query of a GET has no type. */
export function isForm({ 'content-type': type }: Headers): boolean {
  return type === undefined || type.trim().toLowerCase().startsWith(FORM);
}

/** The headers Twilio would send with this form, called at `url`, or at the address that is set. */
export function signedHeaders(body: Buffer, url: string, secret: Secret, configured?: string): Record<string, string> {
  const called = configured === undefined ? url : configuredUrl(configured, { url });
  return {
    'content-type': `${FORM}; charset=UTF-8`,
    'user-agent': 'TwilioProxy/1.1 (tidings-sample)',
    [HEADER]: signatureOf(secret, called, body.toString('utf8')),
  };
}
