import { type Context, Hono } from 'hono';
import { redact, redactAll } from '../shared/secrets/redact.ts';
import { iso } from '../shared/time-words.ts';
import type { createV1 } from './api/v1.ts';
import type { ApiDeps, DashboardApp } from './api-deps.ts';
import { createDoor, type Door, type DoorEnv } from './door/door.ts';
import { type ShowDoor, serveGate, wantsPage } from './door/gate.ts';
import { doorHeaders } from './door/headers.ts';
import { serveLogin, serveLogout } from './door/login.ts';
import { type AskV1, visitOf, visitOfNobody } from './door/visit-of.ts';
import { lineOf } from './line.ts';
import { readiness } from './ready.ts';
import { createLaneWatch } from './waiting-lanes.ts';
import { welcome } from './welcome.ts';

type App = Hono<DoorEnv>;
type V1 = ReturnType<typeof createV1>;
type Pages = () => Promise<DashboardApp>;

/** Everything on the port but `/webhooks/…`. */
export function createApi(deps: ApiDeps): App {
  const app: App = new Hono();
  const { clock, log, archive } = deps;
  const door = createDoor(deps);
  const pages = deps.dashboard === null ? null : once(deps.dashboard);
  const show = pages && showerOf(door, pages);
  const login = show && { door, show, audits: archive, clock, log };
  app.use(doorHeaders);
  app.use(async (c, next) => {
    await next();
    // What pages are made of is kept by browsers, and says so.
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  });
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  if (pages) serveAssets(app, door, pages);
  if (login) serveLogin(app, login);
  serveGate(app, { door, show, clock, where: whereNeeded(deps) });
  if (login) serveLogout(app, login);
  serveStatus(app, deps);
  serveV1AndPages(app, deps, door, pages);
  app.notFound((c) => failure(c, 404, 'not_found', 'Nothing is here. See / for what is.'));
  app.onError((error, c) => {
    if (error.name === 'InboxUnavailableError') {
      return show && wantsPage(c) ? away(show, door) : failure(c, 503, 'unavailable', AWAY);
    }
    log.error({ err: error, path: c.req.path }, 'a request to the API met a bug of Tidings and was answered 500');
    return failure(c, 500, 'internal', 'Something went wrong here. The log says more.');
  });
  return app;
}

const AWAY = 'The database does not answer. See /readyz.';

function away(show: ShowDoor, { prefix }: Door): Response | Promise<Response> {
  const words = 'Webhooks are answered 503, so that their senders come again. /readyz says more, and so does the log.';
  const title = 'The database does not answer';
  return show({ kind: 'refused', base: prefix, title, words, to: `${prefix}/` }, 503);
}

/** What this process has to say of itself. */
function serveStatus(app: App, deps: ApiDeps): void {
  const laneWatch = createLaneWatch(deps.clock);
  app.get('/', (c, next) => {
    if (deps.dashboard !== null && wantsPage(c)) return next();
    return c.text(redact(welcome(deps, new URL(c.req.url).origin)));
  });
  app.get('/readyz', async (c) => {
    const ready = await readiness({ ...deps, laneWatch });
    return c.json(redactAll(ready), ready.status === 'ready' ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const { contentType, body } = await deps.metrics.text();
    return c.body(redact(body), 200, { 'Content-Type': contentType });
  });
}

/** They hold nothing of anybody's, and the form needs them. */
function serveAssets(app: App, door: Door, pages: Pages): void {
  app.get('/assets/*', async (c) => (await pages()).fetch(c.req.raw, { visit: visitOfNobody(door.prefix) }));
}

/** `/api/v1`, and the pages on what is left. */
function serveV1AndPages(app: App, deps: ApiDeps, door: Door, pages: Pages | null): void {
  const startedAt = iso(deps.clock.now());
  // Its schemas are loaded by who asks: 15 MB that a server without questions does without.
  const v1 = once<V1>(async () => (await import('./api/v1.ts')).createV1({ ...deps, startedAt }));
  const askV1: AskV1 = async (request, caller, line) => (await v1()).fetch(request, { caller, line });
  app.all('/api/v1/*', (c) => askV1(c.req.raw, c.get('guest').caller, lineOf(c.env)));
  if (pages === null) return;
  app.all('*', async (c) => (await pages()).fetch(c.req.raw, { visit: visitOf(c.get('guest'), door.prefix, askV1) }));
}

function showerOf(door: Door, pages: Pages): ShowDoor {
  return async (page, status) => {
    const visit = visitOfNobody(door.prefix);
    return (await pages()).fetch(new Request('http://localhost/login'), { visit, door: { page, status } });
  };
}

/** Made by the first who asks for it; tried anew when that failed. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

function whereNeeded({ publicUrl, loopbackOpen }: Pick<ApiDeps, 'publicUrl' | 'loopbackOpen'>): string {
  if (publicUrl !== null) return 'With PUBLIC_URL set';
  return loopbackOpen ? 'Beyond this machine' : 'With LOOPBACK_OPEN=false';
}

function failure(c: Context, status: 400 | 401 | 404 | 500 | 503, code: string, message: string): Response {
  return c.json({ error: { code, message: redact(message) } }, status);
}
