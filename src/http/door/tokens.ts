import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../shared/secret.ts';
import type { CallerRole } from '../api/route.ts';

/** What opens Tidings, asked at each request, so that it may change. */
export interface Tokens {
  /** Null: no token opens it. Asked only when it decides: to make it may take a disk that is full. */
  readonly adminToken: () => Secret | null;
  /** Null: there is none. */
  readonly viewerToken: () => Secret | null;
}

/** What a token lets its owner do. Null: it is none of ours. */
export function roleOf(given: string, { adminToken, viewerToken }: Tokens): CallerRole | null {
  // Both are compared, so that time does not tell which of them it was.
  const isAdmin = isSame(given, adminToken());
  const isViewer = isSame(given, viewerToken());
  // Of one that is both, the one that it was given to least is meant.
  return isViewer ? 'viewer' : isAdmin ? 'admin' : null;
}

/** The token that opens as a role now. */
export function tokenOf(role: CallerRole, { adminToken, viewerToken }: Tokens): Secret | null {
  return role === 'admin' ? adminToken() : viewerToken();
}

/** By which a token is known again without being kept. */
export function printOf(token: Secret): string {
  return createHmac('sha256', token.reveal()).update('tidings: a session that this token opened').digest('hex');
}

/** In the time that it takes for any two of their lengths. */
export function isSameText(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

function isSame(given: string, token: Secret | null): boolean {
  return token !== null && isSameText(given, token.reveal());
}

/** Digests have one length, so that not even the token's length shows in the time it takes. */
function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
