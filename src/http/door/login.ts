import type { Context, Hono } from 'hono';
import type { Audits } from '../../model/inbox/audits.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/log.ts';
import type { CallerRole } from '../api/route.ts';
import { textWithin } from './changes.ts';
import { sessionIdIn } from './cookie.ts';
import type { Door, DoorEnv } from './door.ts';
import type { ShowDoor } from './gate.ts';
import { readCode } from './one-time-code.ts';
import { isFromElsewhere } from './origin.ts';
import { ownPath } from './prefix.ts';
import { roleOf } from './tokens.ts';
import { createTries } from './tries.ts';

/** A token, a code and where to go on. */
const MOST_BYTES = 8 * 1024;
/** At most one line in this time says that somebody tries tokens. */
const QUIET_MS = 10_000;

export interface LoginDeps {
  readonly door: Door;
  readonly audits: Pick<Audits, 'noteAudited'>;
  readonly show: ShowDoor;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

type Asked = Context<DoorEnv>;

interface Given {
  readonly token: string;
  readonly code: string;
  readonly next: string;
}

type Tried =
  | { readonly kind: 'open'; readonly role: CallerRole; readonly id: string; readonly by: string }
  | { readonly kind: 'refused'; readonly status: 401 | 429; readonly problem: string; readonly waitMs?: number };

/** `/login`: open to everybody. A look spends nothing and opens nothing; a token or a code that is posted opens a session. */
export function serveLogin(app: Hono<DoorEnv>, deps: LoginDeps): void {
  const { door, show } = deps;
  const tryThem = triesOf(deps);

  app.get('/login', async (c) => {
    const next = ownPath(c.req.query('next'));
    if ((await door.whoAsks(c.env.incoming, c.req.method)) !== null) return c.redirect(door.prefix + next, 303);
    const code = c.req.query('code');
    const base = door.prefix;
    if (code !== undefined) return show({ kind: 'code', base, next, code: code.slice(0, 100) }, 200);
    return show({ kind: 'login', base, next, problem: null }, 200);
  });

  app.post('/login', async (c) => {
    const { incoming } = c.env;
    if (isFromElsewhere({ method: 'POST', headers: incoming.headers }, door.publicUrl)) {
      return refuse(c, deps, '/', { status: 403, problem: 'Another page sent this. Open this one, and log in here.' });
    }
    const given = await givenIn(c.req.raw);
    if (given === null) return refuse(c, deps, '/', { status: 413, problem: 'This is no token.' });
    const from = door.fromOf(incoming);
    const tried = await tryThem(given, from);
    if (tried.kind === 'refused') return refuse(c, deps, given.next, tried);
    // Who was here before is not taken over, nor left behind.
    const before = sessionIdIn(incoming.headers.cookie, door.cookie.name);
    if (before !== undefined) await door.sessions?.end(before);
    await noteEntry(deps, tried, from);
    c.header('Set-Cookie', door.cookie.give(tried.id));
    return wantsJson(c) ? c.json({ role: tried.role }) : c.redirect(door.prefix + given.next, 303);
  });
}

/** Whoever comes here was let in, and wants it: the gate saw to both. */
export function serveLogout(app: Hono<DoorEnv>, { door, audits, clock, log }: LoginDeps): void {
  app.post('/logout', async (c) => {
    const { sessionId, caller } = c.get('guest');
    if (sessionId === null) return c.redirect(`${door.prefix}/`, 303);
    await door.sessions?.end(sessionId);
    c.header('Set-Cookie', door.cookie.takeAway);
    const { who, from } = caller;
    log.info({ who, from }, 'somebody logged out of the dashboard');
    await audits.noteAudited({ at: clock.now(), who, from, what: 'log out', about: null, outcome: 'done' });
    return c.redirect(`${door.prefix}/login`, 303);
  });
}

function triesOf({
  door,
  clock,
  log,
}: LoginDeps): (given: Pick<Given, 'token' | 'code'>, from: string) => Promise<Tried> {
  const { tokens, sessions } = door;
  const tries = createTries(clock);
  let quietUntil = 0;

  function failed(from: string): void {
    tries.failed(from);
    if (clock.monotonic() < quietUntil) return;
    quietUntil = clock.monotonic() + QUIET_MS;
    log.warn({ from }, 'a wrong token at the login of the dashboard');
  }

  async function byCode(code: string, from: string): Promise<Tried> {
    const token = tokens.adminToken();
    const read = token === null ? ({ kind: 'forged' } as const) : readCode(code, token, clock.now());
    if (read.kind === 'forged') return refusedBy('This is no code of this Tidings, or its admin token has changed.');
    if (read.kind === 'late') return refusedBy('This code was good for a minute, which is over. Make a new one.');
    const id = await sessions?.open('admin', from, read.sessionId);
    if (!id) return refusedBy('This code was used already. Make a new one.');
    return { kind: 'open', role: 'admin', id, by: 'a one-time code' };
  }

  return async ({ token, code }, from) => {
    if (sessions === null) return refusedBy('Nobody can log in here: ask with Authorization: Bearer …');
    if (code !== '') return byCode(code, from);
    const waitMs = tries.waitOf(from);
    if (waitMs > 0) {
      const problem = `Too many wrong tokens came from your address. Wait ${Math.ceil(waitMs / 1000)} s.`;
      return { kind: 'refused', status: 429, problem, waitMs };
    }
    const role = roleOf(token, tokens);
    if (role === null) {
      if (token !== '') failed(from);
      return refusedBy(token === '' ? 'A token is needed.' : 'This is neither the admin token nor the viewer token.');
    }
    tries.succeeded(from);
    const id = await sessions.open(role, from);
    return id === null ? refusedBy('The token has just changed.') : { kind: 'open', role, id, by: `the ${role} token` };
  };
}

function refusedBy(problem: string): Tried {
  return { kind: 'refused', status: 401, problem };
}

async function noteEntry({ audits, clock, log }: LoginDeps, { role, by }: Tried & { kind: 'open' }, address: string) {
  const [who, from] = [`${role} token`, `${address}, dashboard`];
  log.info({ who, from }, `somebody logged in to the dashboard by ${by}`);
  await audits.noteAudited({ at: clock.now(), who, from, what: 'log in', about: null, outcome: `by ${by}` });
}

async function refuse(
  c: Asked,
  { door, show }: LoginDeps,
  next: string,
  refused: { readonly status: 401 | 403 | 413 | 429; readonly problem: string; readonly waitMs?: number },
): Promise<Response> {
  const { status, problem, waitMs } = refused;
  const response = wantsJson(c)
    ? c.json({ error: { code: 'login_refused', message: problem } }, status)
    : await show({ kind: 'login', base: door.prefix, next, problem }, status);
  if (waitMs !== undefined) response.headers.set('Retry-After', String(Math.ceil(waitMs / 1000)));
  return response;
}

function wantsJson(c: Asked): boolean {
  return c.req.header('content-type')?.startsWith('application/json') ?? false;
}

/** Null: it is too long. */
async function givenIn(request: Request): Promise<Given | null> {
  const text = await textWithin(request, MOST_BYTES);
  if (text === null) return null;
  const isJson = request.headers.get('content-type')?.startsWith('application/json') ?? false;
  const said = isJson ? fieldsOf(text) : new Map(new URLSearchParams(text));
  const field = (name: string) => said.get(name)?.trim() ?? '';
  return { token: field('token'), code: field('code'), next: ownPath(field('next')) };
}

function fieldsOf(json: string): ReadonlyMap<string, string> {
  let said: unknown;
  try {
    said = JSON.parse(json);
  } catch {
    return new Map();
  }
  const entries = typeof said === 'object' && said !== null ? Object.entries(said) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
