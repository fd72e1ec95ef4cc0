import { parse, serialize } from 'hono/utils/cookie';
import { SESSION_MS } from './sessions.ts';

/** How the browser keeps a session: out of reach of scripts, and only for what our own pages ask. */
export interface SessionCookie {
  readonly name: string;
  readonly isSecure: boolean;
  /** The header that gives it. */
  give(id: string): string;
  /** The header that takes it away. */
  readonly takeAway: string;
}

/** Behind TLS its name says that it was given by TLS alone and, without a prefix, by this very host. */
export function cookieOf(publicUrl: string | null, prefix: string): SessionCookie {
  const isSecure = publicUrl?.startsWith('https:') ?? false;
  const name = isSecure ? (prefix === '' ? '__Host-tidings' : '__Secure-tidings') : 'tidings';
  const options = { path: prefix === '' ? '/' : prefix, secure: isSecure, httpOnly: true, sameSite: 'Strict' } as const;
  return {
    name,
    isSecure,
    give: (id) => serialize(name, id, { ...options, maxAge: SESSION_MS / 1000 }),
    takeAway: serialize(name, '', { ...options, maxAge: 0 }),
  };
}

/** Undefined: it is not there, or there twice: somebody who may set cookies for a name beside ours put one before it. */
export function sessionIdIn(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  return countIn(header, name) === 1 ? parse(header, name)[name] : undefined;
}

/** More than one: which of them is ours, nothing says. */
export function isTossed(header: string | undefined, name: string): boolean {
  return header !== undefined && countIn(header, name) > 1;
}

function countIn(header: string, name: string): number {
  return header.split(';').filter((pair) => pair.trim().startsWith(`${name}=`)).length;
}
