import * as z from 'zod/mini';
import { Secret } from '../../shared/secret.ts';
import { isHttpUrl } from '../read/http-url.ts';
import { botTokenProblem, channelProblem } from '../slack-shapes.ts';
import { EDITORS } from './editors.ts';
import { numberWithin, shaped } from './parts.ts';

const HTTP_TIMEOUT_MS = 10_000;

const httpUrl = shaped(
  (text) =>
    isHttpUrl(text)
      ? undefined
      : 'must be an address that begins with https:// or http://, without a name and password in it.',
  '^[hH][tT][tT][pP][sS]?://',
);

const SIGNING_SECRET = '^whsec_([A-Za-z0-9+/]+={0,2})$';

/** `whsec_` and 24 to 64 bytes in base64, https://github.com/standard-webhooks/standard-webhooks/blob/main/spec */
function isSigningSecret(text: string): boolean {
  const encoded = new RegExp(SIGNING_SECRET).exec(text)?.[1];
  if (encoded === undefined || encoded.length % 4 !== 0) return false;
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.length >= 24 && bytes.length <= 64;
}

const secret = z.transform((value: string) => new Secret(value));
const signingSecret = z.pipe(
  shaped(
    (text) =>
      isSigningSecret(text)
        ? undefined
        : 'must be whsec_ and 24 to 64 bytes in base64. To make one: echo "whsec_$(openssl rand -base64 32)"',
    SIGNING_SECRET,
  ),
  secret,
);

/** Which of the three go together is judged by `checkSlack`, and said to editors here. */
const slack = z
  .strictObject({
    type: z.literal('slack'),
    webhook_url: z.optional(z.pipe(httpUrl, secret)),
    token: z.optional(z.pipe(shaped(botTokenProblem), secret)),
    channel: z.optional(shaped(channelProblem)),
    per_second: z._default(numberWithin(0, 1000, ' messages a second; 0 means no pace'), 1),
  })
  .register(EDITORS, {
    section: 'slack',
    shape: (json) => ({
      ...json,
      anyOf: [
        { required: ['webhook_url'], properties: { token: false, channel: false } },
        { required: ['token', 'channel'], properties: { webhook_url: false } },
      ],
    }),
  });

const terminal = z.strictObject({ type: z.literal('console') }).register(EDITORS, { section: 'console' });

const http = z
  .strictObject({
    type: z.literal('http'),
    url: z.pipe(httpUrl, secret),
    secret: z.optional(signingSecret),
    concurrency: z._default(numberWithin(1, 64, ' requests at once', 'whole'), 1),
    timeout_ms: z._default(numberWithin(100, 120_000, ' milliseconds', 'whole'), HTTP_TIMEOUT_MS),
  })
  .register(EDITORS, { section: 'http' });

export const destination = z.discriminatedUnion('type', [slack, terminal, http]);

export const DESTINATION_TYPES = ['slack', 'console', 'http'] as const;

export const DESTINATION_KEYS: Readonly<Record<(typeof DESTINATION_TYPES)[number], readonly string[]>> = {
  slack: Object.keys(slack.shape),
  console: Object.keys(terminal.shape),
  http: Object.keys(http.shape),
};
