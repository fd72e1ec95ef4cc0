import type { Secret } from '../../shared/secret.ts';
import { AUTHORIZATION, DEFAULT_HEADER } from './token.ts';

/** The headers Datadog would send, with the secret where it is looked for: in a header that is set, else as token or password. */
export function tokenHeaders(secret: Secret, header: string = DEFAULT_HEADER): Record<string, string> {
  const name = header.toLowerCase();
  return {
    'content-type': 'application/json',
    'user-agent': 'Datadog/webhook (tidings-sample)',
    [name]: name === AUTHORIZATION ? credentials(secret.reveal()) : secret.reveal(),
  };
}

/** The password of an address, with its user; or a bearer token. */
function credentials(secret: string): string {
  return secret.includes(':') ? `Basic ${Buffer.from(secret).toString('base64')}` : `Bearer ${secret}`;
}
