import { compose } from '../mail/compose.ts';
import type { Letter } from '../mail/pieces.ts';
import type { Mailbox } from '../shapes.ts';
import type { Parcel } from '../smtp/session.ts';

const WORDS = '👋 Tidings is connected';

/** What `connect email` sends: proof that it works, for everybody who gets the mails. */
const HELLO: Letter = {
  preview: 'Activity that its rules ask for will be told here.',
  tone: 'opened',
  heading: [{ text: WORDS, url: null }],
  called: '',
  excerpt: 'Activity that its rules ask for will be told here.',
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
    subject: WORDS,
    listId: `Tidings <tidings.${domain}>`,
    fromName: from.name || 'Tidings',
  };
  const foot = { words: 'Sent by tidings connect email.', unsubscribe: `mailto:${from.address}?subject=Unsubscribe` };
  return { from: from.address, to, bytes: await compose(HELLO, sorting, { from, to, date: now, foot }) };
}
