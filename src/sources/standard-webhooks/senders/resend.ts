import { list, textOrNull } from '../../../shared/payload.ts';
import { asWords, firstText, idAt, person, worded } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { enumerated } from '../../../text/words.ts';
import { inGeneralWords } from './everybody-else.ts';
import type { Sender, SentEvent } from './sender.ts';
import { entry } from './words.ts';

const EACH = 'it comes with every mail';
const READ = 'people open many mails';

/** Action → headline, tone, and what became of the mail. */
const MAIL: WordTable = {
  sent: ['Mail sent', 'neutral', 'went out'],
  scheduled: ['Mail scheduled', 'neutral', 'is scheduled'],
  delivered: ['Mail delivered', 'good', 'arrived'],
  delivery_delayed: ['Mail delayed', 'waiting', 'is delayed'],
  bounced: ['Mail bounced', 'bad', 'bounced'],
  failed: ['Mail failed', 'bad', 'failed'],
  suppressed: ['Mail suppressed', 'bad', 'was not sent'],
  complained: ['Mail marked as spam', 'bad', 'was marked as spam'],
  opened: ['Mail opened', 'neutral', 'was opened'],
  clicked: ['Link in a mail clicked', 'neutral', 'got a click'],
};

const WHY = ['bounce.message', 'failed.reason', 'suppressed.message', 'complaint.message', 'error.message', 'reason'];

/** https://resend.com/docs/webhooks/event-types: `to` is a list, `from` may be "Name <mail>". */
export const RESEND: Sender = {
  title: 'Resend',
  url: 'https://resend.com/emails',
  names: ['type'],
  id: null,
  times: ['created_at'],
  events: {
    contact: entry('', { 'lists of contacts change many times': 'created updated deleted' }),
    domain: {
      actions: { created: 'told', deleted: 'told', updated: { minorWhen: 'it is neither verified nor failed' } },
      facets: [],
    },
    email: entry('bounced complained delivery_delayed failed received suppressed', {
      [EACH]: 'sent delivered scheduled',
      [READ]: 'opened clicked',
    }),
    suppression: entry('added removed'),
  },
  isIts: (payload) => {
    const type = textOrNull(payload, 'type') ?? '';
    if (type.startsWith('email.')) return idAt(payload, 'data.email_id') !== null;
    return (
      /^(?:contact|domain|suppression)\.[a-z]+$/.test(type) &&
      textOrNull(payload, 'created_at') !== null &&
      !('object' in payload)
    );
  },
  tell,
};

function tell(event: SentEvent): Told {
  const { type, action } = event;
  if (event.name === 'domain.updated') return checked(event);
  if (type !== 'email' || action === null) return inGeneralWords(event);
  if (action === 'received') return received(event);
  return Object.hasOwn(MAIL, action) ? mail(event, MAIL[action] ?? ['']) : inGeneralWords(event);
}

const CHECKED: WordTable = {
  failed: ['Domain could not be verified', 'bad'],
  temporary_failure: ['Domain could not be verified for now', 'waiting'],
  verified: ['Domain verified', 'good'],
};

/** Whether mail may be sent from it. */
function checked(event: SentEvent): Told {
  const words = wordsOf(CHECKED, textOrNull(event.data, 'status'));
  if (words === null) return { ...inGeneralWords(event), isMinor: true };
  const sum = words.tone === 'good' ? null : { noun: 'domain', part: 'not verified', alone: null };
  return { ...words, noun: 'domain', title: firstText(event.data, ['name']) ?? '', sum };
}

/** `Mail to lena@example.com bounced in Resend: The mailbox does not exist` */
function mail({ data }: SentEvent, [headline, tone = 'neutral', became = '']: WordTable[string]): Told {
  const to = recipients(data);
  const subject = firstText(data, ['subject']);
  const said = firstText(data, WHY);
  // A name of a list, or a sentence.
  const why = said === null || /\s/.test(said) ? said : worded(said);
  return {
    headline,
    became,
    tone,
    noun: 'mail',
    handle: to === null ? 'A mail' : `Mail to ${to}`,
    title: why ?? subject ?? '',
    facts: [why === null ? null : subject, headline === 'Mail suppressed' ? 'the address is suppressed' : null],
    thread: threadOf(data),
  };
}

/** `lena@example.com wrote to support@example.org in Resend: Question about my order` */
function received({ data }: SentEvent): Told {
  const to = recipients(data);
  const count = list(data, 'attachments').length;
  return {
    headline: 'Mail received',
    did: to === null ? 'sent a mail' : `wrote to ${asWords(to)}`,
    tone: 'opened',
    by: person(addressIn(firstText(data, ['from']))),
    noun: 'mail',
    title: firstText(data, ['subject']) ?? '',
    facts: [count === 0 ? null : count === 1 ? '1 attachment' : `${count} attachments`],
    thread: threadOf(data),
  };
}

function threadOf(data: unknown): string | null {
  const id = idAt(data, 'email_id');
  return id === null ? null : `mail ${id}`;
}

function recipients(data: unknown): string | null {
  const { to } = data as { readonly to?: unknown };
  const all = typeof to === 'string' ? [to] : list(data, 'to').filter((each) => typeof each === 'string');
  const names = all.map((each) => addressIn(each)).filter((each) => each !== null);
  return enumerated(names, 2);
}

/** `lena@example.com` of `Lena <lena@example.com>`. */
function addressIn(text: string | null): string | null {
  const address = (/<([^<>\s]{1,200})>\s*$/.exec(text ?? '')?.[1] ?? text ?? '').trim();
  return address === '' ? null : address;
}
