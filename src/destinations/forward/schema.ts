import * as z from 'zod/mini';
import { filled, filledListOf, httpUrl, numberWithin, oneOf, secret, shaped } from '../../config/parts/values.ts';
import type { ChannelSchema } from '../../model/plugin/channel.ts';
import type { Key } from '../../model/plugin/plugin.ts';
import { DEFAULTS, SECRET_VARIABLE, SIGNATURES, secretProblem, URL_VARIABLE } from './settings.ts';

const KEYS = {
  url: {
    value: z.pipe(httpUrl, secret),
    without: 'needed',
    text: 'Where your application takes webhooks. Its path and query are kept as a secret.',
    hint: 'give the address at which your application takes webhooks.',
    secret: 'path',
  },
  raw: {
    value: z._default(z.boolean(), DEFAULTS.raw),
    without: '`false`',
    text: '`true`: everything that its `sources` receive, as it came and whatever rules say, also what Tidings does not understand. `false`: what rules send here.',
  },
  sources: {
    value: z.optional(filledListOf(filled)),
    without: 'all sources',
    text: 'With `raw`: names of the sources whose events are forwarded.',
    names: 'sources',
  },
  signature: {
    value: z._default(oneOf(SIGNATURES), DEFAULTS.signature),
    without: '`provider`',
    text: "How a request is signed when it is sent: `provider`, as the event's provider does it, with the source's first secret; `standard`, as [Standard Webhooks](https://www.standardwebhooks.com) says, with `secret`; `none`, not at all. Where nobody but the provider can, its events are signed with `secret`.",
  },
  secret: {
    value: z.optional(z.pipe(shaped(secretProblem, '^whsec_[A-Za-z0-9+/]+={0,2}$'), secret)),
    without: null,
    text: 'For `signature: standard`, and for what its provider alone can sign: `whsec_` and 24 to 64 bytes in base64. Make one with `echo "whsec_$(openssl rand -base64 32)"`.',
    secret: 'value',
  },
  signed_url: {
    value: z.optional(httpUrl),
    without: '`url`',
    text: 'The address that your application takes for its own, of a provider that signs the address it calls.',
  },
  concurrency: {
    value: z._default(numberWithin(1, 64, ' requests at once', 'whole'), DEFAULTS.concurrency),
    without: '`1`',
    text: 'Requests at once, up to 64. With more than 1, the order is lost.',
  },
  timeout_ms: {
    value: z._default(numberWithin(100, 120_000, ' milliseconds', 'whole'), DEFAULTS.timeout_ms),
    without: '`30000`',
    text: 'How long to wait for an answer, in milliseconds: 100 to 120000.',
  },
  retry_days: {
    value: z._default(numberWithin(1, 30, ' days', 'whole'), DEFAULTS.retry_days),
    without: '`3`',
    text: 'How long an event is tried, 1 to 30 days. Keep bodies for longer than that: `retention`.',
  },
  final: {
    value: z._default(z.array(numberWithin(400, 499, ', a status of HTTP', 'whole')), [...DEFAULTS.final]),
    without: '`[400, 413, 422]`',
    text: 'Statuses with which your application says that it will never take this event: it is given up at once, and the next one follows.',
  },
} as const satisfies Readonly<Record<string, Key>>;

export const SCHEMA: ChannelSchema = {
  text: 'what was received, byte for byte.',
  keys: KEYS,
  variables: {
    [URL_VARIABLE]: {
      without: null,
      text: 'Where your application takes webhooks: everything that is received is forwarded to it.',
    },
    [SECRET_VARIABLE]: {
      without: null,
      text: '`whsec_` and base64: signs what its provider alone can sign otherwise.',
    },
  },
  check({ signature, secret: key, sources, raw }, report) {
    if (signature === 'standard' && key === undefined) report('signature', 'needs a `secret` to sign with.', 'value');
    if (sources !== undefined && raw !== true) {
      report('sources', 'goes with `raw: true`; without it, name the sources in the rules that send here.', 'key');
    }
  },
};
