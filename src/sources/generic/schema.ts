import * as z from 'zod/mini';
import { filled, numberWithin, oneOf, shaped } from '../../config/parts/values.ts';
import type { Key, Schema } from '../../model/plugin/plugin.ts';
import { faultsOf, faultWords } from './faults.ts';
import { placeProblem } from './place.ts';
import { BODIES, ENCODINGS, HASHES, SCHEMES, SECRET_ENCODINGS, TIME_UNITS } from './settings.ts';

const header = shaped((text) =>
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(text) ? undefined : 'must be the name of a header, such as X-Signature.',
);
const place = shaped(placeProblem);

const OF_SIGNATURES: Readonly<Record<string, Key>> = {
  hash: {
    value: z.optional(oneOf(HASHES)),
    without: '`sha256`',
    text: 'Of `hmac`: `sha256`, `sha512`, or `sha1` for old senders.',
  },
  encoding: {
    value: z.optional(oneOf(ENCODINGS)),
    without: '`hex`',
    text: 'Of `hmac`: how the signature is written: `hex` in lower case, `base64` with its padding, `base64url` without.',
  },
  prefix: {
    value: z.optional(filled),
    without: null,
    text: 'What stands before the signature, or before the token: `"sha256="`. What does not begin with it is refused.',
  },
  separator: {
    value: z.optional(z.string().check(z.refine((text) => text !== '', { error: 'is empty.' }))),
    without: null,
    text: 'Of `hmac`: what separates several signatures in the header, such as `","`. One that is right is enough; what does not begin with `prefix` is passed over.',
  },
  secret_encoding: {
    value: z.optional(oneOf(SECRET_ENCODINGS)),
    without: '`text`',
    text: 'Of `hmac`: how the secret writes the key: as it stands (`text`), in `base64` or in `hex`.',
  },
  signed: {
    value: z.optional(filled),
    without: '`"{body}"`',
    text: 'Of `hmac`: what is signed, of `{body}`, `{timestamp}`, `{id}`, `{url}` and `{method}`: `"{timestamp}.{body}"`. `{url}` is the address that the sender calls, so that `PUBLIC_URL` has to be set.',
  },
  timestamp: {
    value: z.optional(place),
    without: null,
    text: 'Of `hmac`: where the time is that is signed: a header that is part of `signed`, or a path into the body, `$.sent_at`.',
  },
  timestamp_unit: {
    value: z.optional(oneOf(TIME_UNITS)),
    without: '`s`',
    text: 'Seconds since 1970 (`s`), milliseconds (`ms`), or a date and time with its zone (`iso`).',
  },
  tolerance_seconds: {
    value: z.optional(numberWithin(1, 604_800, ' seconds', 'whole')),
    without: '`300`',
    text: 'How far the signed time may be from now, either way.',
  },
};

export const SCHEMA: Schema = {
  text: 'any sender that proves itself by a signature, a token or a password: declared here, see [Generic](sources/generic.md).',
  variables: {
    GENERIC_WEBHOOK_SECRET: {
      without: 'generated',
      text: 'What the sender signs with, its token, or `user:password`. Several, separated by commas, while you replace one by another.',
    },
  },
  keys: {
    scheme: {
      value: z.optional(oneOf(SCHEMES)),
      without: '`hmac`',
      text: 'How the sender proves itself: `hmac`, a signature over the body; `token`, the secret in a header; `bearer`, `Authorization: Bearer` and the secret; `basic`, a user and password.',
    },
    header: {
      value: z.optional(header),
      without: '`X-Signature`; of `token` `X-Webhook-Token`',
      text: 'Which header has the signature or the token.',
    },
    ...OF_SIGNATURES,
    id: {
      value: z.optional(place),
      without: "a digest of the body's bytes",
      text: 'What a delivery is known again by: a header, `X-Event-Id`, or a path into the body, `$.event.id`.',
    },
    event: {
      value: z.optional(place),
      without: 'where it usually is: `$.type`, `$.event`…',
      text: 'What the event is called: a header or a path likewise.',
    },
    bodies: {
      value: z.optional(oneOf(BODIES)),
      without: '`unique`',
      text: '`repeat`: the sender rightly sends equal bodies. Without it, a body that came before under another id is kept back as a replay.',
    },
  },
  check(given, report) {
    for (const fault of faultsOf(given)) report(fault.key, faultWords(fault), fault.part);
  },
};
