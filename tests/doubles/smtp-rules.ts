import PostalMime, { type Email } from 'postal-mime';
import { disguisedIn, NOBODYS } from '../conformance/harm.ts';

/** A mail as a mail program reads it, by a parser that knows nothing of how it was made. */
export interface Received {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly raw: string;
  readonly mail: Email;
}

export async function receivedOf(envelope: Received['envelope'], raw: Buffer): Promise<Received> {
  return { envelope, raw: raw.toString('latin1'), mail: await PostalMime.parse(raw) };
}

const ONCE = [
  'from',
  'to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'list-id',
  'list-unsubscribe',
  'auto-submitted',
];
const NEVER = ['cc', 'bcc', 'reply-to', 'sender', 'return-path'];
/** Gmail shows no more of one, https://developers.google.com/workspace/gmail/markup/best-practices */
const CLIPPED = 102_400;

/** What of RFC 5321, RFC 5322 and the habits of mail programs was broken. */
export function faultsIn({ envelope, raw, mail }: Received): readonly string[] {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  const names = mail.headers.map(({ key }) => key.toLowerCase());
  const count = (name: string) => names.filter((each) => each === name).length;
  const html = mail.html ?? '';
  return [
    ...ONCE.filter((name) => count(name) !== 1).map((name) => `${name}: ${count(name)} times`),
    ...NEVER.filter((name) => count(name) > 0).map((name) => `${name} is there`),
    ...(raw.split('\r\n').some((line) => line.length > 998) ? ['a line of more than 998 bytes'] : []),
    ...(/[^\r]\n|\r[^\n]/.test(raw) ? ['a line that does not end in CR LF'] : []),
    ...(/[^\r\n\t -~]/.test(head) ? ['a header beyond ASCII'] : []),
    ...(envelope.to.length === 1 ? [] : [`${envelope.to.length} recipients`]),
    ...(mail.to?.map(({ address }) => address).join() === envelope.to.join() ? [] : ['To is not who gets it']),
    ...(mail.from?.address === envelope.from ? [] : [`From is ${mail.from?.address}`]),
    ...(/^<[^<>@\s]+@[^<>@\s]+>$/.test(mail.messageId ?? '') ? [] : [`Message-ID is ${mail.messageId}`]),
    ...(mail.text?.trim() && html ? [] : ['not both plain text and HTML']),
    ...(html.length > CLIPPED ? [`HTML of ${html.length} bytes`] : []),
    ...(/<(?:img|script|link|iframe|form|object|base)\b|\bsrc=|url\(|@import/i.test(
      html.replace(/&[^;]+;|>[^<]*</g, '><'),
    )
      ? ['something that is loaded or runs']
      : []),
  ];
}

const TAGS =
  /^<(?:!DOCTYPE html|\/?(?:html|head|meta|title|style|body|div|table|tr|td|p|br|b|i|s|code|pre|ul|ol|li|blockquote|a)(?: (?:style|class|lang|charset|name|content|role|width|cellpadding|cellspacing|border|align|href|rel|start)="[^"<>]*")*)>$/;

/** What the texts of others do in it that they may not. */
export function harmInMail({ mail }: Received): readonly string[] {
  const shown = [mail.subject ?? '', mail.from?.name ?? '', mail.text ?? ''];
  return [
    ...harmInHtmlMail(mail.html ?? ''),
    ...(/[@<>,;]/.test(mail.from?.name ?? '') ? [`a sender called ${mail.from?.name}`] : []),
    ...(shown.some(isHiding) ? ['a hidden character'] : []),
  ];
}

export function harmInHtmlMail(html: string, home = NOBODYS): readonly string[] {
  const visible = html.replace(/<style>[^<]*<\/style>/, '');
  const tags = visible.match(/<[^>]*>?/g) ?? [];
  const links = [...visible.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g)];
  return [
    ...tags.filter((tag) => !TAGS.test(tag)).map((tag) => `a tag of somebody's: ${tag.slice(0, 80)}`),
    ...links.flatMap(([, url = '', text = '']) => {
      if (url.startsWith('mailto:tidings@acme.test')) return [];
      if (!/^https?:\/\//.test(url)) return [`a link to ${url}`];
      return disguisedIn(text, url.replaceAll('&amp;', '&'), home);
    }),
    ...(isHiding(html) ? ['a hidden character'] : []),
  ];
}

function isHiding(text: string): boolean {
  return /(?![\n\r\t])\p{Cc}|\p{Bidi_Control}/u.test(text) || !text.isWellFormed();
}

/** For people: headers, plain text, and the HTML without its looks. */
export function readableMail({ mail, envelope }: Received): string {
  const headers = ['from', 'to', 'subject', 'message-id', 'in-reply-to', 'references', 'list-id', 'list-unsubscribe'];
  const head = headers.flatMap((name) => {
    const value = name === 'subject' ? mail.subject : mail.headers.find(({ key }) => key === name)?.value;
    return value ? [`${name}: ${name === 'from' ? `${mail.from?.name} <${envelope.from}>` : value}`] : [];
  });
  const body = /<body[^]*<\/body>/.exec(mail.html ?? '')?.[0] ?? '';
  const bare = body
    .replace(/ (?:style|class|role|width|cellpadding|cellspacing|border|align|rel)="[^"]*"/g, '')
    .replace(/<\/?(?:table|tr|body|div)>/g, '')
    .replace(/\n{2,}/g, '\n');
  return `${head.join('\n')}\n\n${(mail.text ?? '').trim()}\n\n${bare.trim()}`;
}
