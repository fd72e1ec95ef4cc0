import type { Secret } from '../../shared/secret.ts';
import { FORM, HEADER, signatureOf } from './signature.ts';
import { configuredUrl } from './signed-url.ts';

/** The headers Twilio would send with this form, called at `url`, or at the address that is set. */
export function signedHeaders(body: Buffer, url: string, secret: Secret, configured?: string): Record<string, string> {
  const called = configured === undefined ? url : configuredUrl(configured, { url });
  return {
    'content-type': `${FORM}; charset=UTF-8`,
    'user-agent': 'TwilioProxy/1.1 (tidings-sample)',
    [HEADER]: signatureOf(secret, called, body.toString('utf8')),
  };
}
