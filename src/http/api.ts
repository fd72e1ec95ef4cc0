import { type Context, Hono } from 'hono';
import { redact, redactAll } from '../shared/secrets/redact.ts';
import { iso } from '../shared/time-words.ts';
import { type Asker, accessOf } from './access.ts';
import type { Caller } from './api/route.ts';
import type { createV1 } from './api/v1.ts';
import type { ApiDeps, DashboardApp } from './api-deps.ts';
import { readiness } from './ready.ts';
import type { Visit } from './visit.ts';
import { createLaneWatch } from './waiting-lanes.ts';
import { welcome } from './welcome.ts';

/** As `@hono/node-server` hands it over; `app.request()` takes the same as its third argument. */
interface Env {
  Bindings: {
    readonly incoming: { readonly socket: { readonly remoteAddress?: string | undefined } } & Pick<Asker, 'headers'>;
  };
  Variables: { caller: Caller };
}

type V1 = ReturnType<typeof createV1>;

const TOKEN_NEEDED = 'only /webhooks/ and /healthz are open without the admin token: Authorization: Bearer …';

/** Everything on the port but `/webhooks/…`. */
export function createApi(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>();
  const laneWatch = createLaneWatch(deps.clock);
  app.use(async (c, next) => {
    await next();
    // What pages are made of is kept by browsers, and says so.
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
  });
  app.get('/healthz', (c) => c.json({ status: 'ok' }));

  // From here on the asker sits at this machine or has the admin token; what does not exist is not told to others either.
  app.use(async (c, next) => {
    const { socket, headers } = c.env.incoming;
    // Whoever sits here must hear what is wrong also when no token can be made.
    const settings = { adminToken: deps.adminToken, isLoopbackOpen: deps.loopbackOpen && deps.publicUrl === null };
    const access = accessOf({ remoteAddress: socket.remoteAddress, headers }, settings);
    if (access !== 'denied') {
      const who = access === 'loopback' ? 'somebody at this machine' : 'admin token';
      c.set('caller', { role: 'admin', who, from: socket.remoteAddress ?? 'unknown' });
      return next();
    }
    c.header('WWW-Authenticate', 'Bearer');
    return failure(c, 401, 'token_needed', `${whereNeeded(deps)}, ${TOKEN_NEEDED}`);
  });
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
  serveV1AndPages(app, deps);
  app.notFound((c) => failure(c, 404, 'not_found', 'Nothing is here. See / for what is.'));
  app.onError((error, c) => {
    if (error.name === 'InboxUnavailableError') {
      return failure(c, 503, 'unavailable', 'The database does not answer. See /readyz.');
    }
    deps.log.error({ err: error, path: c.req.path }, 'a request to the API met a bug of Tidings and was answered 500');
    return failure(c, 500, 'internal', 'Something went wrong here. The log says more.');
  });
  return app;
}

/** `/api/v1`, and the pages on what is left. */
function serveV1AndPages(app: Hono<Env>, deps: ApiDeps): void {
  // Its schemas are loaded by who asks: 15 MB that a server without questions does without.
  let v1: Promise<V1> | undefined;
  const startedAt = iso(deps.clock.now());
  const askV1 = async (request: Request, caller: Caller) => {
    v1 ??= import('./api/v1.ts').then(({ createV1 }) => createV1({ ...deps, startedAt }));
    return (await v1).fetch(request, { caller });
  };
  app.all('/api/v1/*', (c) => askV1(c.req.raw, c.get('caller')));
  let pages: Promise<DashboardApp> | undefined;
  app.all('*', async (c, next) => {
    if (deps.dashboard === null) return next();
    pages ??= deps.dashboard();
    return (await pages).fetch(c.req.raw, { visit: visitOf(c, askV1) });
  });
}

function wantsPage(c: Context): boolean {
  return c.req.header('accept')?.includes('text/html') ?? false;
}

function visitOf(c: Context<Env>, askV1: (request: Request, caller: Caller) => Promise<Response>): Visit {
  const caller = c.get('caller');
  return {
    caller,
    async ask(method, path, body, headers = {}) {
      const url = new URL(`/api/v1${path}`, 'http://localhost');
      const init = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await askV1(new Request(url, { method, headers: { ...headers }, ...init }), caller);
      return { status: response.status, body: await response.json() };
    },
    base: '',
    csrf: '',
    isGenuine: () => false,
    hasSession: false,
  };
}

function whereNeeded({ publicUrl, loopbackOpen }: Pick<ApiDeps, 'publicUrl' | 'loopbackOpen'>): string {
  if (publicUrl !== null) return 'With PUBLIC_URL set';
  return loopbackOpen ? 'Beyond this machine' : 'With LOOPBACK_OPEN=false';
}

function failure(c: Context, status: 400 | 401 | 404 | 500 | 503, code: string, message: string): Response {
  return c.json({ error: { code, message: redact(message) } }, status);
}
