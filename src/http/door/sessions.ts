import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Session, Sessions } from '../../model/inbox/sessions.ts';
import type { Clock } from '../../shared/clock.ts';
import type { CallerRole } from '../api/route.ts';
import { printOf, type Tokens, tokenOf } from './tokens.ts';

export const SESSION_MS = 12 * 3_600_000;

const ID = /^[\w-]{43}$/;

/** Somebody whose browser holds the cookie of a session that is open. */
export interface LoggedIn {
  readonly id: string;
  readonly role: CallerRole;
}

export interface OpenSessions {
  /** 256 random bits that only the browser keeps, or null: a code of that id was spent already, or its token has gone. */
  open(role: CallerRole, from: string, id?: string): Promise<string | null>;
  /** Null: it is none, has ended or expired, or another token is in force by now. */
  find(id: string | undefined): Promise<LoggedIn | null>;
  end(id: string): Promise<void>;
}

export function openSessions(sessions: Sessions, tokens: Tokens, clock: Pick<Clock, 'now'>): OpenSessions {
  return {
    async open(role, from, id = randomBytes(32).toString('base64url')) {
      const token = tokenOf(role, tokens);
      if (token === null) return null;
      const startedAt = clock.now();
      const expiresAt = startedAt + SESSION_MS;
      const session: Session = {
        idHash: hashOf(id),
        role,
        tokenPrint: printOf(token),
        from: from.slice(0, 200),
        startedAt,
        expiresAt,
      };
      return (await sessions.openSession(session, startedAt)) ? id : null;
    },
    async find(id) {
      if (id === undefined || !ID.test(id)) return null;
      const session = await sessions.session(hashOf(id), clock.now());
      if (session === null) return null;
      const token = tokenOf(session.role, tokens);
      return token !== null && printOf(token) === session.tokenPrint ? { id, role: session.role } : null;
    },
    end: (id) => (ID.test(id) ? sessions.endSession(hashOf(id)) : Promise.resolve()),
  };
}

/** What has to come along with each change: nobody who does not hold the cookie can make it, and it says nothing of it. */
export function csrfOf(key: string): string {
  return createHmac('sha256', key).update('tidings: a form of this session').digest('base64url');
}

function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
