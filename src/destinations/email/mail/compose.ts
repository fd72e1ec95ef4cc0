import { createHash } from 'node:crypto';
import type { Mailbox } from '../shapes.ts';
import type { Sorting } from './headers.ts';
import type { Foot } from './html.ts';
import { htmlLetter } from './html.ts';
import type { Letter } from './letter-parts.ts';
import { plainLetter } from './plain-letter.ts';

export interface Enveloped {
  readonly from: Mailbox;
  readonly to: string;
  /** Ms since 1970. */
  readonly date: number;
  readonly foot: Foot;
}

/** A whole mail, as it is sent: the same bytes for the same parts. */
export async function compose(letter: Letter, sorting: Sorting, { from, to, date, foot }: Enveloped): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const { messageId, references, subject, listId, fromName } = sorting;
  const mail = new MailComposer({
    // Objects: of a text nodemailer would read the addresses in it.
    from: { name: fromName, address: from.address },
    to: { name: '', address: to },
    subject,
    messageId,
    ...(references.length > 0 && { inReplyTo: references.at(-1), references: [...references] }),
    date: new Date(date),
    headers: {
      'List-Id': listId,
      'List-Unsubscribe': `<${foot.unsubscribe}>`,
      // https://www.rfc-editor.org/rfc/rfc3834, and the same for Exchange: no "I am on holiday" comes back.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
    text: plainLetter(letter, foot),
    html: htmlLetter(letter, foot),
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 24),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
}
