// What people write and what it should have been. Each tells what is wrong with the text as a predicate, or undefined; an address
// is a secret and is not repeated.

export const ADDRESS_VARIABLE = 'NATS_URL';
export const SUBJECT = 'tidings.>';

const PORT = '4222';

/** One server, or several of one cluster: `nats://a,nats://b`. */
export function addressProblem(text: string): string | undefined {
  const urls = text.split(',').map((each) => (/^(?:nats|tls):\/\/[^\s/]/.test(each) ? URL.parse(each) : null));
  const isGood = urls.every((url) => url !== null && url.hostname !== '' && /^\/?$/.test(url.pathname + url.search));
  if (!isGood || /\s/.test(text)) return 'must be nats://user:password@host, or tls://…; a cluster: nats://a,nats://b.';
  if (new Set(urls.map((url) => url?.protocol)).size > 1) return 'must be nats:// or tls:// for all servers.';
  return undefined;
}

export interface Access {
  readonly servers: string[];
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
  readonly isTls: boolean;
}

/** A name without a password is a token. What the first says holds for all. */
export function accessOf(address: string): Access {
  const urls = address.split(',').flatMap((each) => URL.parse(each) ?? []);
  const named = urls.find(({ username }) => username !== '');
  const [name, pass] = [decoded(named?.username), decoded(named?.password)];
  return {
    servers: urls.map(({ hostname, port }) => `${hostname}:${port || PORT}`),
    ...(name !== '' && (pass === '' ? { token: name } : { user: name, pass })),
    isTls: urls.some(({ protocol }) => protocol === 'tls:'),
  };
}

function decoded(text = ''): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `NATS at host:4222`, without name and password. */
export function placeOf(address: string): string {
  return `NATS at ${accessOf(address).servers.join(', ')}`;
}

/** https://docs.nats.io/nats-concepts/subjects */
export function subjectProblem(text: string): string | undefined {
  const tokens = text.split('.');
  if (/[\s*]|[^\x21-\x7e]/.test(text)) return 'must be without blanks and *, in ASCII.';
  if (tokens.includes('') || tokens.slice(0, -1).some((token) => token.includes('>')) || /.>/.test(tokens.at(-1) ?? ''))
    return 'must be words between dots; the last may be >, for source and kind.';
  if (/^(?:\$|_INBOX\b)/.test(text)) return "must not begin with $ or _INBOX: that is the server's own.";
  return text.length <= 200 ? undefined : 'must have 200 characters at most.';
}
