import { HELLO_TEXT, HELLO_TITLE } from '../../keep-after-hello.ts';
import { compose } from '../mail/compose.ts';
import type { Letter } from '../mail/letter-parts.ts';
import type { Mailbox } from '../shapes.ts';
import type { Parcel } from '../smtp/session.ts';

/** What `connect email` sends: proof that it works, for everybody who gets the mails. */
const HELLO: Letter = {
  preview: HELLO_TEXT,
  tone: 'opened',
  heading: [{ text: HELLO_TITLE }],
  called: '',
  excerpt: HELLO_TEXT,
  sections: [],
  small: '',
  url: null,
  maybeRepeated: false,
};

/** `now`: ms since 1970. */
export async function hello(from: Mailbox, to: string, now: number): Promise<Parcel> {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const sorting = {
    messageId: `<hello-${now}@${domain}>`,
    references: [],
    subject: HELLO_TITLE,
    listId: `Tidings <tidings.${domain}>`,
    fromName: from.name || 'Tidings',
  };
  const foot = { words: 'Sent by tidings connect email.', unsubscribe: `mailto:${from.address}?subject=Unsubscribe` };
  return { from: from.address, to, bytes: await compose(HELLO, sorting, { from, to, date: now, foot }) };
}
