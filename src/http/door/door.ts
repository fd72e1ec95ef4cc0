import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Asker, accessOf } from '../access.ts';
import type { Caller, CallerRole } from '../api/route.ts';
import type { ApiDeps } from '../api-deps.ts';
import { cookieOf, sessionIdIn } from './cookie.ts';
import { isFromElsewhere, isProgram } from './origin.ts';
import { prefixOf } from './prefix.ts';
import { csrfOf, type OpenSessions, openSessions } from './sessions.ts';
import type { Tokens } from './tokens.ts';

/** As `@hono/node-server` hands a request over; `app.request()` takes the same as its third argument. */
export interface DoorEnv {
  Bindings: { readonly incoming: Incoming; readonly outgoing?: ServerResponse };
  Variables: { guest: Guest };
}

export type Incoming = Pick<IncomingMessage, 'headers'> & {
  readonly method?: string | undefined;
  readonly socket: { readonly remoteAddress?: string | undefined };
};

/** Somebody who was let in. */
export interface Guest {
  readonly caller: Caller;
  readonly by: 'token' | 'loopback' | 'session';
  /** To come along with their changes. Empty: nothing has to. Asked only where it counts: it may need the admin token. */
  readonly csrf: () => string;
  /** What their browser keeps. Null: nothing. */
  readonly sessionId: string | null;
}

/** Who is let in, and by what. */
export interface Door {
  /** Before every path of ours, as the world asks for it. */
  readonly prefix: string;
  readonly publicUrl: string | null;
  readonly tokens: Tokens;
  /** Null: nothing keeps them, and only tokens open it. */
  readonly sessions: OpenSessions | null;
  readonly cookie: ReturnType<typeof cookieOf>;
  /** Null: nobody who is known. @throws InboxUnavailableError */
  whoAsks(incoming: Incoming, method: string): Promise<Guest | null>;
  /** The address they come from, as far as it can be known. */
  fromOf(incoming: Incoming): string;
}

type DoorDeps = Pick<
  ApiDeps,
  'adminToken' | 'viewerToken' | 'sessions' | 'callerOf' | 'publicUrl' | 'loopbackOpen' | 'clock'
>;

const WHO: Readonly<Record<CallerRole, string>> = { admin: 'admin token', viewer: 'viewer token' };

export function createDoor(deps: DoorDeps): Door {
  const { adminToken, publicUrl, clock } = deps;
  const tokens: Tokens = { adminToken, viewerToken: deps.viewerToken ?? (() => null) };
  const settings = { ...tokens, isLoopbackOpen: deps.loopbackOpen && publicUrl === null };
  const sessions = deps.sessions ? openSessions(deps.sessions, tokens, clock) : null;
  const prefix = prefixOf(publicUrl);
  const cookie = cookieOf(publicUrl, prefix);
  const ownKey = randomBytes(32).toString('base64url');
  // By the token where there is one, so that a page that is open outlives a restart.
  const loopbackCsrf = () => csrfOf(adminToken()?.reveal() ?? ownKey);
  const fromOf = ({ socket, headers }: Incoming) => {
    const { remoteAddress } = socket;
    return (
      deps.callerOf?.({ from: remoteAddress, headers: { ...headers, 'set-cookie': undefined } }) ??
      remoteAddress ??
      'unknown'
    );
  };

  async function bySession(incoming: Incoming, method: string) {
    if (sessions === null || isFromElsewhere({ method, headers: incoming.headers }, publicUrl)) return null;
    return sessions.find(sessionIdIn(incoming.headers.cookie, cookie.name));
  }

  return {
    prefix,
    publicUrl,
    tokens,
    sessions,
    cookie,
    fromOf,
    async whoAsks(incoming, method) {
      const { headers, socket } = incoming;
      const asker: Asker = { method, headers, remoteAddress: socket.remoteAddress };
      const from = `${fromOf(incoming)}, ${isProgram(incoming) ? 'API' : 'dashboard'}`;
      const access = accessOf(asker, settings);
      if (access === 'loopback') {
        const caller = { role: 'admin', who: 'somebody at this machine', from } as const;
        return { caller, by: 'loopback', csrf: loopbackCsrf, sessionId: null };
      }
      if (access !== 'denied') {
        return { caller: { role: access, who: WHO[access], from }, by: 'token', csrf: () => '', sessionId: null };
      }
      const session = await bySession(incoming, method);
      if (session === null) return null;
      const caller = { role: session.role, who: WHO[session.role], from };
      return { caller, by: 'session', csrf: () => csrfOf(session.id), sessionId: session.id };
    },
  };
}
