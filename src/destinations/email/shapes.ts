// What people write and what it should have been. Each tells what is wrong with the text as a predicate, or undefined; the
// text itself may be a secret and is not repeated.

export const VARIABLES = { url: 'EMAIL_SMTP_URL', from: 'EMAIL_FROM', to: 'EMAIL_TO' } as const;

const EXAMPLE = 'smtps://USER:PASSWORD@smtp.acme.test';

/** Of the address of a server: `smtps://mona%40acme.test:password@smtp.acme.test:465`. */
export function serverProblem(text: string): string | undefined {
  const url = /\s/.test(text) ? null : URL.parse(text);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') {
    return `is not the address of a mail server: write ${EXAMPLE}, signs such as @ : / # % in user or password as encodeURIComponent does (@ is %40).`;
  }
  if ((url.username === '') !== (url.password === '')) return `has a user or a password without the other: ${EXAMPLE}.`;
  if (!/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') {
    return `has something behind the host: write ${EXAMPLE}, and a #, ? or / in the password as %23, %3F or %2F.`;
  }
  return isDecodable(url.username + url.password) ? undefined : 'has a % that begins no code: write it as %25.';
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** An address and the name that stands before it; '' where none does. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** The part before the @ without quotes and beyond ASCII nothing: what every server takes. */
const ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?=.{1,253}$)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*$/u;

/** `Tidings <tidings@acme.test>`, `tidings@acme.test`. Null: it is no single address. */
export function mailboxIn(text: string): Mailbox | null {
  const [, quoted = '', name = '', inBrackets] = /^\s*(?:"([^"<>]*)"|([^"<>,]*?))\s*<([^<>]*)>\s*$/.exec(text) ?? [];
  const address = (inBrackets ?? text).trim();
  return ADDRESS.test(address) ? { name: quoted || name, address } : null;
}

export function mailboxProblem(text: string): string | undefined {
  return mailboxIn(text) === null
    ? 'must be one address, as in tidings@acme.test or Tidings <tidings@acme.test>.'
    : undefined;
}

/** Addresses with commas between. Without names: nobody sees those of the other recipients. */
export function recipientsIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((each) => mailboxIn(each)?.address ?? '')
    .filter(Boolean);
}

export function recipientsProblem(text: string): string | undefined {
  const wrong = text.split(',').some((each) => mailboxIn(each) === null);
  return wrong ? 'must be an address, as in mona@acme.test, or several with commas between.' : undefined;
}

export function unsubscribeProblem(text: string): string | undefined {
  const isPage = /^https?:\/\/[^\s<>,"]+$/i.test(text) && URL.canParse(text);
  return isPage || ADDRESS.test(text) ? undefined : 'must be an address, as in lists@acme.test, or a page, https://….';
}
