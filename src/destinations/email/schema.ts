import * as z from 'zod/mini';
import { filledListOf, oneOf, secret, shaped } from '../../config/parts/values.ts';
import type { ChannelSchema } from '../../model/plugin/channel.ts';
import type { Key } from '../../model/plugin/plugin.ts';
import { perMinuteKey } from '../common-keys.ts';
import { threadSetting } from '../thread-setting.ts';
import { TLS } from './settings.ts';
import { mailboxProblem, recipientsProblem, serverProblem, unsubscribeProblem } from './shapes.ts';

const KEYS = {
  smtp_url: {
    value: z.pipe(shaped(serverProblem, '^smtps?://'), secret),
    without: 'needed',
    text: 'The mail server, with user and app password: `smtps://USER:PASSWORD@HOST` (port 465), or `smtp://…` (port 587), which goes on by STARTTLS. Signs such as `@` in user or password are written as in any address: `%40`.',
    hint: 'give the address of a mail server, as in "${EMAIL_SMTP_URL}".',
    secret: 'value',
  },
  from: {
    value: shaped(mailboxProblem, '@'),
    without: 'needed',
    text: 'Whom the mails are from, as in `Tidings <tidings@acme.test>`: an address that the server lets its user send from.',
    hint: 'give the address that mails are from.',
  },
  to: {
    value: filledListOf(shaped(recipientsProblem, '@')),
    without: 'needed',
    text: 'Who gets them: an address or a list. Each gets mails of their own and sees no other address.',
    hint: 'give the addresses that get the mails.',
  },
  tls: {
    value: z._default(oneOf(TLS), 'required'),
    without: '`required`',
    text: 'With `smtp://`: `required` sends nothing before STARTTLS has encrypted the way; `none` sends everything, the password too, as plain text, for a relay on this very machine.',
  },
  unsubscribe: {
    value: z.optional(shaped(unsubscribeProblem)),
    without: '`from`',
    text: 'Where *Unsubscribe* leads in a mail program: an address that somebody reads, or a page.',
  },
  thread: threadSetting('a mail in the same conversation'),
  per_minute: perMinuteKey(
    30,
    "Mails a minute, each recipient's counted; 30 is what Microsoft 365 allows. `0`: as fast as they come.",
    'mails',
  ),
} as const satisfies Readonly<Record<string, Key>>;

export const SCHEMA: ChannelSchema = {
  text: 'mails, by a mail server (SMTP).',
  keys: KEYS,
  variables: {
    EMAIL_SMTP_URL: {
      without: null,
      text: 'A mail server, with user and app password: `smtps://USER:PASSWORD@HOST`.',
    },
    EMAIL_FROM: { without: null, text: 'Whom the mails are from, as in `Tidings <tidings@acme.test>`.' },
    EMAIL_TO: { without: null, text: 'Who gets them: addresses with commas between.' },
  },
};
