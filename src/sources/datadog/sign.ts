import type { Secret } from '../../shared/secret.ts';
import { AUTHORIZATION, DEFAULT_HEADER } from './token.ts';

/** The headers Datadog would send: the secret as a token, and as the password of an address. */
export function tokenHeaders(secret: Secret): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Datadog/webhook (tidings-sample)',
    [DEFAULT_HEADER]: secret.reveal(),
    [AUTHORIZATION]: `Basic ${Buffer.from(secret.reveal()).toString('base64')}`,
  };
}
