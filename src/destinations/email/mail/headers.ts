import { createHash } from 'node:crypto';
import type { Activity } from '../../../model/activity.ts';
import { saidIn } from '../../../model/carried.ts';
import type { Message, Receipt, SendContext } from '../../../model/destination.ts';
import type { Notification } from '../../../model/notification.ts';
import { describe } from '../../../text/describe.ts';
import { lineOf, placeless, textOfParts } from '../../../text/line.ts';
import { sign } from '../../../text/looks.ts';
import { cut, oneLine, wordsWithin } from '../../../text/plain.ts';
import { ownTitle, placeOf } from '../../../text/subject.ts';
import type { Mailbox } from '../shapes.ts';

/** What mail programs sort a mail by. Nothing in it names an address but those of the configuration. */
export interface Sorting {
  /** The same at every try, another for a replay: by it mailboxes drop what comes twice. */
  readonly messageId: string;
  /** Of the mails before it in its conversation; the first of them is one that nobody ever got. Empty: it is in none. */
  readonly references: readonly string[];
  /** The same in a whole conversation: Gmail begins another with every new one. */
  readonly subject: string;
  /** `acme/api <api.acme.tidings.acme.test>`, https://www.rfc-editor.org/rfc/rfc2919 */
  readonly listId: string;
  /** Who did it; else the configured name. */
  readonly fromName: string;
}

const SUBJECT = 180;

export function sortingOf(
  message: Message,
  { earlier, thread = null }: Pick<SendContext, 'earlier' | 'thread'>,
  from: Mailbox,
): Sorting {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1).toLowerCase();
  const notifications = saidIn(message);
  const activity = message.kind === 'single' ? message.notification.activity : null;
  const before = thread === null ? null : earlier;
  const root = thread === null ? [] : [`<thread-${hash(thread)}@${domain}>`];
  return {
    messageId: `<${idOf(notifications)}@${domain}>`,
    references: [...root, ...(isMessageId(before?.['id']) ? [before['id']] : [])],
    subject: subjectOf(before) ?? newSubject(message, thread),
    listId: listId(notifications, domain),
    fromName: senderName(activity, from.name),
  };
}

/** For the mails that come after it in its conversation. */
export function receiptOf({ messageId, references, subject }: Sorting): Receipt | undefined {
  return references.length > 0 ? { id: messageId, subject } : undefined;
}

/** Numbers begin anew with every installation, so that one of them alone could be another's. */
function idOf(notifications: readonly Notification[]): string {
  const [first] = notifications;
  const all = notifications.map(({ id, isReplay, receivedAt, activity }) => [
    id,
    isReplay,
    receivedAt,
    activity.keys.dedup,
  ]);
  const name = notifications.length === 1 ? 'ntf' : 'digest';
  return `${name}-${first?.id ?? 0}.${hash(JSON.stringify(all))}`;
}

function newSubject(message: Message, thread: string | null): string {
  if (message.kind === 'digest') return wordsWithin(oneLine(describe({ ...message, maybeRepeated: false })), SUBJECT);
  const { activity } = message.notification;
  const place = placeOf(activity);
  const about = thread === null ? newsOf(activity) : threadName(activity);
  return wordsWithin(oneLine(`${place && `[${place}] `}${about || newsOf(activity)}`), SUBJECT);
}

/** `🔴 CI failed on main: Retry uploads` */
function newsOf(activity: Activity): string {
  const { parts, title } = lineOf(activity);
  return `${sign(activity)} ${textOfParts(placeless(parts), title)}`;
}

/** `Uploads fail on Safari (#12)` */
function threadName(activity: Activity): string {
  const handle = cut(oneLine(activity.subject?.handle ?? ''), 60);
  const title = wordsWithin(ownTitle(activity), SUBJECT - 70);
  return title && handle ? `${title} (${handle})` : title || handle;
}

function subjectOf(receipt: Receipt | null): string | null {
  const subject = receipt?.['subject'];
  return typeof subject === 'string' && subject !== '' ? cut(oneLine(subject), SUBJECT) : null;
}

function isMessageId(value: unknown): value is string {
  return typeof value === 'string' && /^<[\w.-]{1,100}@[\p{L}\p{N}.-]{1,253}>$/u.test(value);
}

/** Of all that it tells the place where they agree. */
function listId(notifications: readonly Notification[], domain: string): string {
  const [place = '', ...others] = new Set(notifications.map(({ activity }) => placeOf(activity)));
  // Quotes, brackets and commas mean something there, and what is beyond ASCII needs an encoding that filters do not read.
  const words = others.length > 0 ? '' : place.replace(/[^\w./ -]+/g, ' ').trim();
  const labels = words
    .toLowerCase()
    .split('/')
    .map((label) =>
      label
        .replace(/[^a-z0-9-]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 60),
    )
    .filter(Boolean)
    .toReversed();
  return labels.length === 0 ? `Tidings <tidings.${domain}>` : `${words} <${labels.join('.')}.${domain}>`;
}

/** What could pass for an address, or end the name, is left out: the address itself is always the configured one. */
function senderName(activity: Activity | null, configured: string): string {
  const doer = activity?.said.became === null ? activity.actor : null;
  const login = cut(oneLine((doer?.login ?? '').replace(/[^\p{L}\p{N}\p{M} ._[\]-]+/gu, ' ')), 60);
  return login === '' ? configured || 'Tidings' : `${login} (${configured || 'Tidings'})`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
