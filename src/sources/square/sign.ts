import type { Secret } from '../../shared/secret.ts';
import { HEADER, signatureOf } from './signature.ts';

/** The headers Square would send to that URL with this body, from its sandbox: nobody pays for a sample. */
export function signedHeaders(url: string, body: Buffer, secret: Secret): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Square Connect v2 (tidings-sample)',
    'square-environment': 'Sandbox',
    [HEADER]: signatureOf(secret, url, body),
  };
}
