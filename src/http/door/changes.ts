import { type Guest, type Incoming } from './door.ts';
import { isProgram } from './origin.ts';
import { isSameText } from './tokens.ts';

/** Largest form, in bytes: a text of rules fits. */
const MOST_BYTES = 2 * 1024 * 1024;

export type Change =
  /** The request as it goes on: what was read of it is there again. */
  | { readonly kind: 'admitted'; readonly request: Request }
  | { readonly kind: 'refused'; readonly status: 403 | 413; readonly code: string; readonly message: string };

export function isChange(method: string): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method);
}

/**
 * Whether somebody who was let in wants it, and not a page that they happen to look at. A browser sends cookies, and comes from this
 * machine, whoever made the page; a token of ours is in no browser's hands. Where it came from was asked already, by `whoAsks`.
 */
export async function admitChange(request: Request, incoming: Incoming, guest: Guest): Promise<Change> {
  if (guest.by === 'token') return { kind: 'admitted', request };
  const header = request.headers.get('x-csrf-token');
  if (header !== null) return isSameText(header, guest.csrf()) ? { kind: 'admitted', request } : stale();
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  // No page can send this to another origin without asking first, and we never say yes.
  if (guest.by === 'loopback' && type === 'application/json' && isProgram(incoming)) {
    return { kind: 'admitted', request };
  }
  return type === 'application/x-www-form-urlencoded' ? admitForm(request, guest) : missing(guest);
}

async function admitForm(request: Request, guest: Guest): Promise<Change> {
  const text = await textWithin(request, MOST_BYTES);
  if (text === null) return refused(413, 'too_large', `A form has at most ${MOST_BYTES / 1024 / 1024} MiB.`);
  const given = new URLSearchParams(text).get('csrf');
  if (given === null) return missing(guest);
  if (!isSameText(given, guest.csrf())) return stale();
  const { url, method, headers, signal } = request;
  return { kind: 'admitted', request: new Request(url, { method, headers, body: text, signal }) };
}

/** Null: it is longer; or whoever sent it went away in the middle, and reads no answer. */
export async function textWithin(request: Request, mostBytes: number): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) return null;
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of request.body ?? []) {
      size += piece.length;
      if (size > mostBytes) return null;
      pieces.push(piece);
    }
  } catch {
    // Anybody can do so at the form, as often as they like: it is no line of the log.
    return null;
  }
  return Buffer.concat(pieces).toString('utf8');
}

function missing({ by }: Guest): Change {
  const program = by === 'loopback' ? ', or from a program Content-Type: application/json' : '';
  return refused(403, 'csrf_needed', `A change needs the page's token: the field csrf or X-CSRF-Token${program}.`);
}

function stale(): Change {
  return refused(403, 'csrf_stale', 'This page is from before the last login or start. Reload it, and do it again.');
}

function refused(status: 403 | 413, code: string, message: string): Change {
  return { kind: 'refused', status, code, message };
}
