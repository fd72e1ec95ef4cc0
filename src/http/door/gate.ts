import type { Context, Hono, Next } from 'hono';
import type { Clock } from '../../shared/clock.ts';
import { isLocalHost } from '../access.ts';
import { admitChange, type Change, isChange } from './changes.ts';
import { isTossed } from './cookie.ts';
import type { Door, DoorEnv, Guest } from './door.ts';
import { isFollowedLink, isFromElsewhere } from './origin.ts';
import type { DoorPage } from './page.ts';
import { whileOpen } from './while-open.ts';

/** Shows a page of the door. */
export type ShowDoor = (
  page: DoorPage,
  status: 200 | 401 | 403 | 404 | 413 | 429 | 503,
) => Response | Promise<Response>;

export interface GateDeps {
  readonly door: Door;
  /** Null: there are no pages. */
  readonly show: ShowDoor | null;
  /** Why a token is needed here, in words. */
  readonly where: string;
  readonly clock: Clock;
}

type Asked = Context<DoorEnv>;

const TOKEN_NEEDED = 'only /webhooks/ and /healthz are open without the admin token: Authorization: Bearer …';

/** What follows is for whoever was let in, and changes only what they want changed. What does not exist is not told to others either. */
export function serveGate(app: Hono<DoorEnv>, deps: GateDeps): void {
  app.use(async (c, next) => {
    const guest = await deps.door.whoAsks(c.env.incoming, c.req.method);
    return guest === null ? turnAway(c, deps) : letIn(c, next, guest, deps);
  });
}

async function letIn(c: Asked, next: Next, guest: Guest, deps: GateDeps): Promise<Response | undefined> {
  if (isChange(c.req.method)) {
    const change = await admitChange(c.req.raw, c.env.incoming, guest);
    if (change.kind === 'refused') return refuse(c, deps, change);
    c.req.raw = change.request;
  }
  c.set('guest', guest);
  await next();
  // What goes on for hours ends with the session that asked for it.
  if (guest.sessionId !== null && c.res.headers.get('content-type')?.startsWith('text/event-stream')) {
    const { incoming } = c.env;
    c.res = whileOpen(c.res, async () => (await deps.door.whoAsks(incoming, 'GET')) !== null, deps.clock);
  }
  return undefined;
}

function refuse(c: Asked, { show, door }: GateDeps, { status, code, message }: Change & { kind: 'refused' }) {
  if (show !== null && wantsPage(c)) {
    return show(
      { kind: 'refused', base: door.prefix, title: 'Not done', words: message, to: `${door.prefix}/` },
      status,
    );
  }
  return c.json({ error: { code, message } }, status);
}

function turnAway(c: Asked, { show, door, where }: GateDeps): Response | Promise<Response> {
  const { incoming } = c.env;
  const { method } = c.req;
  const sent = { method, headers: incoming.headers };
  const base = door.prefix;
  if (show !== null && wantsPage(c)) {
    const asked = c.req.path + new URL(c.req.url).search;
    const to = base + asked;
    if (isChange(method)) {
      const words = 'You are not logged in any more. Nothing was changed: log in, and do it again.';
      return show({ kind: 'refused', base, title: 'Not done', words, to: `${base}/login` }, 401);
    }
    // The form may know them all the same, and would send them back here: for ever.
    if (isTossed(incoming.headers.cookie, door.cookie.name)) {
      const words = `Two cookies called ${door.cookie.name} came along: another host of this domain may have set one. Delete both in the browser, and log in.`;
      return show({ kind: 'refused', base, title: 'Not let in', words, to: `${base}/login` }, 401);
    }
    const site = incoming.headers['sec-fetch-site'];
    // The cookie is kept back from what another site begins, so nobody knows yet whether they are logged in.
    if (door.sessions !== null && isFollowedLink(sent) && (site === 'cross-site' || site === 'same-site')) {
      return show({ kind: 'again', base, to }, 200);
    }
    return c.redirect(asked === '/' ? `${base}/login` : loginFor(base, asked), 303);
  }
  if (isFromElsewhere(sent, door.publicUrl) && isLocalHost(incoming.headers.host)) {
    const message = 'A page of another origin asked this, and gets nothing.';
    return c.json({ error: { code: 'foreign_origin', message } }, 403);
  }
  c.header('WWW-Authenticate', 'Bearer');
  return c.json({ error: { code: 'token_needed', message: `${where}, ${TOKEN_NEEDED}` } }, 401);
}

function loginFor(base: string, next: string): string {
  return `${base}/login?${new URLSearchParams({ next }).toString()}`;
}

/** A person looks at it: not what programs ask, whatever they accept. */
export function wantsPage(c: Context): boolean {
  const isForPrograms = /^\/(?:api\/|readyz$|metrics$)/.test(c.req.path);
  return !isForPrograms && (c.req.header('accept')?.includes('text/html') ?? false);
}
