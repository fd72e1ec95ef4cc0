import type { Destination, Message, Outcome, SendContext } from '../../model/destination.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { describe } from '../../text/describe.ts';
import { RETRY_FOR_A_DAY } from '../retry-for-a-day.ts';
import { compose } from './mail/compose.ts';
import { receiptOf, type Sorting, sortingOf } from './mail/headers.ts';
import type { Foot } from './mail/html.ts';
import { letterOf } from './mail/letter.ts';
import type { Mailbox } from './shapes.ts';
import { outcomeOf } from './smtp/answer.ts';
import type { Server } from './smtp/server.ts';
import { type Session, smtpSession } from './smtp/session.ts';

export interface EmailOptions {
  readonly name: string;
  readonly server: Server;
  readonly from: Mailbox;
  /** Bare addresses. */
  readonly to: readonly string[];
  /** An address or a page. Null: a mail to `from`. */
  readonly unsubscribe: string | null;
  /** Whether what is about one issue or incident is one conversation. Default: it is. */
  readonly isThreaded?: boolean;
  /** Mails a minute. 0: no pace. */
  readonly perMinute: number;
  /** For one mail. Default 60 s. */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** Mailboxes behind a mail server: each recipient gets a mail of their own. */
export function emailDestination(options: EmailOptions): Destination {
  const { name, server, perMinute, to } = options;
  const intervalMs = perMinute === 0 ? 0 : Math.ceil((60_000 / perMinute) * to.length);
  return {
    name,
    type: 'email',
    intervalMs,
    // Providers count by login, whoever the mails are for.
    account: server.login === null ? undefined : { rateKey: `${server.login.user} ${server.host}`, intervalMs },
    // One conversation with the server at a time: it is the accounts that are limited.
    concurrency: 1,
    digestOver: 5,
    digestMax: 1000,
    // Mailboxes that know the Message-ID drop a repetition.
    onUnknown: 'resend',
    retry: RETRY_FOR_A_DAY,
    isThreaded: options.isThreaded ?? true,
    describe,
    async preview(message) {
      const { shownLetter } = await import('./mail/preview.ts');
      const isSingle = message.kind === 'single' && (message.notification.isThreaded ?? options.isThreaded ?? true);
      const thread = isSingle ? message.notification.activity.keys.thread : null;
      const sorting = sortingOf(message, { earlier: null, thread }, options.from);
      return shownLetter(letterOf(message), sorting, footOf(message, options));
    },
    send: sender(options),
    async [Symbol.asyncDispose]() {},
  };
}

/** What is known of a message that not every recipient has yet. */
interface Begun {
  /** Of its first try, ms since 1970. */
  readonly date: number;
  /** Recipient → why their server takes none; null: they have it. */
  readonly settled: Map<string, string | null>;
}

/** Lanes try one message until it is settled; more than a few are never begun. */
const BEGUN = 20;

function sender(options: EmailOptions): Destination['send'] {
  const { server, clock = systemClock, timeoutMs = 60_000, from } = options;
  const begun = new Map<string, Begun>();

  return async (message, context) => {
    const sorting = sortingOf(message, context, from);
    const { messageId } = sorting;
    const soFar = begun.get(messageId) ?? { date: clock.now(), settled: new Map() };
    begun.set(messageId, soFar);
    using session = smtpSession(server, timeoutMs);
    const outcome = await sendToAll(session, message, sorting, soFar, options, context);
    const isOver = outcome.kind === 'sent' || outcome.kind === 'rejected';
    if (isOver || begun.size > BEGUN) begun.delete(isOver ? messageId : (begun.keys().next().value ?? messageId));
    return outcome;
  };
}

/** To whoever does not have it yet. One who cannot get it now holds up nobody else. */
async function sendToAll(
  session: Session,
  message: Message,
  sorting: Sorting,
  { date, settled }: Begun,
  options: EmailOptions,
  context: SendContext,
): Promise<Outcome> {
  const { from, to } = options;
  const letter = letterOf(message);
  const foot = footOf(message, options);
  let said = '';
  let held: Outcome | null = null;
  for (const recipient of to) {
    if (settled.has(recipient)) continue;
    const bytes = await compose(letter, sorting, { from, to: recipient, date, foot });
    const answer = await session.send({ from: from.address, to: recipient, bytes }, context);
    const outcome = outcomeOf(answer);
    if (outcome.kind === 'broken') return outcome;
    if (outcome.kind === 'sent') {
      settled.set(recipient, null);
      said = outcome.answer;
    } else if (outcome.kind === 'rejected') settled.set(recipient, outcome.reason);
    // Who may have it decides: the next try has to say so.
    else if (held?.kind !== 'unknown') held = outcome;
    if (answer.kind === 'unreachable' || context.signal.aborted) break;
  }
  return held ?? whole(settled, to.length, said, receiptOf(sorting));
}

function whole(
  settled: ReadonlyMap<string, string | null>,
  count: number,
  said: string,
  receipt: Extract<Outcome, { kind: 'sent' }>['receipt'],
): Outcome {
  const refused = [...settled].flatMap(([recipient, reason]) => (reason === null ? [] : [{ recipient, reason }]));
  const [first] = refused;
  if (first === undefined) return { kind: 'sent', answer: count === 1 ? said : `${said} (${count} mails)`, receipt };
  if (count === 1) return { kind: 'rejected', reason: first.reason };
  const names = refused.map(({ recipient }) => recipient).join(', ');
  const others = count === refused.length ? 'nobody has it' : `the other ${count - refused.length} have it`;
  return { kind: 'rejected', reason: `not taken for ${names} (${others}): ${first.reason}` };
}

function footOf(message: Message, { name, unsubscribe, from }: EmailOptions): Foot {
  const rule = message.kind === 'single' ? ` for its rule “${message.notification.rule}”` : '';
  const where = unsubscribe ?? from.address;
  const isPage = /^https?:/i.test(where);
  return {
    words: `Sent by Tidings as “${name}”${rule}.`,
    unsubscribe: isPage ? where : `mailto:${where}?subject=${encodeURIComponent(`Unsubscribe ${name}`)}`,
  };
}
