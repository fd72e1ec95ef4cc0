import type { Secret } from '../../shared/secret.ts';
import { signatureOf } from './signature.ts';

/** The headers Slack would send with this body at that time, milliseconds since 1970. */
export function signedHeaders(body: Buffer, secret: Secret, now: number): Record<string, string> {
  const seconds = Math.floor(now / 1000);
  return {
    'content-type': 'application/json',
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots; tidings-sample)',
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': signatureOf(secret, seconds, body),
  };
}
