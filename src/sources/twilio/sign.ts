import type { Secret } from '../../shared/secret.ts';
import { FORM, HEADER, signatureOf } from './signature.ts';

/** The headers Twilio would send with this form, called at `url`. */
export function signedHeaders(body: Buffer, url: string, secret: Secret): Record<string, string> {
  return {
    'content-type': `${FORM}; charset=UTF-8`,
    'user-agent': 'TwilioProxy/1.1 (tidings-sample)',
    [HEADER]: signatureOf(secret, url, body.toString('utf8')),
  };
}
