// What people write and what it should have been. Each tells what is wrong with the text as a predicate, or undefined; an address
// is a secret and is not repeated.

export const ADDRESS_VARIABLE = 'REDIS_URL';
export const STREAM = 'tidings';
export const MAX_LENGTH = 100_000;

/** https://www.iana.org/assignments/uri-schemes/prov/redis */
export function addressProblem(text: string): string | undefined {
  const url = /^rediss?:\/\/[^\s/]\S*$/.test(text) ? URL.parse(text) : null;
  const isGood = url !== null && url.hostname !== '' && /^(?:\/\d{0,5})?$/.test(url.pathname + url.search + url.hash);
  return isGood ? undefined : 'must be redis://user:password@host:6379/0, or rediss://… for TLS.';
}

export interface Access {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: object;
}

export function accessOf(address: string): Access {
  const { hostname = '', port = '', pathname = '', protocol, username = '', password = '' } = URL.parse(address) ?? {};
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || 6379),
    db: Number(pathname.slice(1)),
    ...(username !== '' && { username: decoded(username) }),
    ...(password !== '' && { password: decoded(password) }),
    ...(protocol === 'rediss:' && { tls: {} }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `Redis at host:6379`, without name and password. */
export function placeOf(address: string): string {
  const { host, port, db } = accessOf(address);
  return `Redis at ${host.includes(':') ? `[${host}]` : host}:${port}${db === 0 ? '' : `/${db}`}`;
}

/** Its key. */
export function streamProblem(text: string): string | undefined {
  if (/[^\x21-\x7e]/.test(text)) return 'must be without blanks, in ASCII.';
  return text.length <= 200 ? undefined : 'must have 200 characters at most.';
}
