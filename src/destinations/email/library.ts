import type { Destination } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { emailDestination as createEmail } from './email-destination.ts';
import type { Tls } from './settings.ts';
import {
  mailboxIn,
  mailboxProblem,
  recipientsIn,
  recipientsProblem,
  serverProblem,
  unsubscribeProblem,
} from './shapes.ts';
import { serverOf } from './smtp/server.ts';

export interface EmailOptions {
  readonly name: string;
  /** `smtps://USER:PASSWORD@HOST`, or `smtp://…`, which goes on by STARTTLS; user and password as in any address: `%40` for `@`. */
  readonly smtpUrl: string | Secret;
  /** `Tidings <tidings@acme.test>` */
  readonly from: string;
  /** Each gets mails of their own. */
  readonly to: string | readonly string[];
  /** `none`: nothing is encrypted, of `smtp://` to this very machine. Default `required`. */
  readonly tls?: Tls;
  /** Where unsubscribing leads: an address or a page. Default: a mail to `from`. */
  readonly unsubscribe?: string;
  /** Whether mails about one issue or incident are one conversation, where no rule says otherwise. Default: they are. */
  readonly thread?: boolean;
  /** Mails a minute. Default 30; 0: no pace. */
  readonly perMinute?: number;
}

/**
 * Mailboxes behind a mail server.
 * @throws Error when an address cannot be one
 */
export function emailDestination(options: EmailOptions): Destination {
  const { name, tls = 'required', unsubscribe = null, thread = true, perMinute = 30 } = options;
  const smtpUrl = Secret.of(options.smtpUrl);
  const to = [options.to].flat();
  const problems = [
    ['smtpUrl', serverProblem(smtpUrl.reveal())],
    ['from', mailboxProblem(options.from)],
    ['to', to.length === 0 ? 'is empty.' : to.map(recipientsProblem).find(Boolean)],
    ['unsubscribe', unsubscribe === null ? undefined : unsubscribeProblem(unsubscribe)],
  ];
  const from = mailboxIn(options.from);
  const [key, problem] = problems.find(([, each]) => each !== undefined) ?? [];
  if (problem !== undefined || from === null) throw new Error(`emailDestination: ${key} ${problem}`);
  const server = serverOf(smtpUrl, tls);
  const settings = { server, from, to: to.flatMap(recipientsIn), unsubscribe, isThreaded: thread, perMinute };
  return createEmail({ name, ...settings });
}
