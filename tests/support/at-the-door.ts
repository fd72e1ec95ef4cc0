import { openDashboard } from '../../src/dashboard/open-dashboard.ts';
import { createApi } from '../../src/http/api.ts';
import type { ApiDeps } from '../../src/http/api-deps.ts';
import type { Audited } from '../../src/model/inbox/audits.ts';
import type { Session, Sessions } from '../../src/model/inbox/sessions.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { createLog } from '../../src/shared/log.ts';
import { Secret } from '../../src/shared/secret.ts';
import { archive } from './asked-api.ts';

export const ADMIN = 'the-admin-token-of-this-test';
export const VIEWER = 'the-viewer-token-of-this-test';
export const FAR = '203.0.113.9';
const START = Date.UTC(2030, 0, 1);

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The connection's address. */
  readonly from?: string;
}

/** As both stores keep them. */
export function memorySessions(): Sessions & { readonly kept: ReadonlyMap<string, Session & { ended?: true }> } {
  const kept = new Map<string, Session & { ended?: true }>();
  return {
    kept,
    async openSession(session, now) {
      for (const [id, { expiresAt }] of kept) if (expiresAt < now) kept.delete(id);
      if (kept.has(session.idHash)) return false;
      kept.set(session.idHash, session);
      return true;
    },
    async session(idHash, now) {
      const found = kept.get(idHash);
      return found === undefined || found.ended || found.expiresAt <= now ? null : found;
    },
    async endSession(idHash) {
      const found = kept.get(idHash);
      if (found !== undefined) kept.set(idHash, { ...found, ended: true });
    },
  };
}

/** Somebody in front of the whole API, from wherever, with hands on the clock and on the tokens. */
export function atTheDoor(over: Partial<ApiDeps> = {}) {
  /** `now` goes by; `setBy` is how far somebody set the clock besides. */
  const world = { now: START, setBy: 0, admin: ADMIN as string | null, viewer: VIEWER as string | null };
  const audited: Audited[] = [];
  const sessions = memorySessions();
  const secretOf = (text: string | null) => (text === null ? null : new Secret(text));
  const deps: ApiDeps = {
    archive: archive({ noteAudited: async (each) => void audited.push(each) }),
    system: null,
    dashboard: async () => openDashboard(),
    metrics: { text: async () => ({ contentType: 'text/plain', body: 'tidings_x 1\n' }) },
    adminToken: () => secretOf(world.admin),
    viewerToken: () => secretOf(world.viewer),
    sessions,
    worker: () => null,
    schemaVersion: 3,
    configuration: () => 'no rules',
    access: () => 'open to this machine',
    version: '1.2.3',
    invocation: 'tidings',
    sources: ['github'],
    publicUrl: null,
    loopbackOpen: true,
    clock: { ...systemClock, now: () => world.now + world.setBy, monotonic: () => world.now },
    log: createLog('silent'),
    ...over,
  };
  let app = createApi(deps);

  async function ask(path: string, { method = 'GET', headers = {}, body, from = FAR }: Ask = {}) {
    const given = { host: from === FAR ? 'ops.example.org' : 'localhost:3000', ...headers };
    const incoming = { method, socket: { remoteAddress: from }, headers: given };
    const init = { method, headers: given, ...(body === undefined ? {} : { body }) };
    const response = await app.request(`http://${given.host}${path}`, init, { incoming });
    const text = response.body === null ? '' : await response.text();
    return { status: response.status, headers: response.headers, text };
  }

  /** `fields` as a form of our own page sends them. */
  const post = (path: string, fields: Record<string, string>, more: Ask = {}) =>
    ask(path, {
      ...more,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', ...more.headers },
      body: new URLSearchParams(fields).toString(),
    });

  /** The cookie that a browser would send from now on. */
  async function login(token = ADMIN, more: Ask = {}): Promise<string> {
    const { status, headers } = await post('/login', { token }, more);
    if (status !== 303) throw new Error(`not let in: ${status}`);
    return cookieIn(headers);
  }

  return { ask, post, login, world, audited, sessions, restart: () => (app = createApi(deps)) };
}

export function cookieIn(headers: Headers): string {
  return headers.get('set-cookie')?.split(';')[0] ?? '';
}
