import * as z from 'zod/mini';
import { httpUrl, secret, shaped } from '../../config/parts/values.ts';
import type { Schema } from '../../model/plugin/plugin.ts';
import { concurrencyKey, timeoutKey } from '../common-keys.ts';

const SIGNING_SECRET = '^whsec_([A-Za-z0-9+/]+={0,2})$';

/** `whsec_` and 24 to 64 bytes in base64, https://github.com/standard-webhooks/standard-webhooks/blob/main/spec */
function isSigningSecret(text: string): boolean {
  const encoded = new RegExp(SIGNING_SECRET).exec(text)?.[1];
  if (encoded === undefined || encoded.length % 4 !== 0) return false;
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.length >= 24 && bytes.length <= 64;
}

const signingSecret = shaped(
  (text) =>
    isSigningSecret(text)
      ? undefined
      : 'must be whsec_ and 24 to 64 bytes in base64. To make one: echo "whsec_$(openssl rand -base64 32)"',
  SIGNING_SECRET,
);

export const SCHEMA: Schema = {
  text: 'each activity as JSON.',
  keys: {
    url: {
      value: z.pipe(httpUrl, secret),
      without: 'needed',
      text: 'Where each activity is posted as JSON. Its path and query are kept as a secret.',
      hint: 'give the address that the activity is posted to.',
      secret: 'path',
    },
    secret: {
      value: z.optional(z.pipe(signingSecret, secret)),
      without: null,
      text: 'Signs each request as [Standard Webhooks](https://www.standardwebhooks.com) says: `whsec_` and 24 to 64 bytes in base64. Make one with `echo "whsec_$(openssl rand -base64 32)"`.',
      secret: 'value',
    },
    concurrency: concurrencyKey('requests', 'Requests at once, up to 64. With more than 1, the order is lost.'),
    timeout_ms: timeoutKey('an answer'),
  },
};
