import { type Context, Hono } from 'hono';
import type { Archive } from '../model/inbox/archive.ts';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import { redact, redactAll } from '../shared/secrets/redact.ts';
import { iso } from '../shared/time-words.ts';
import { type Asker, accessOf } from './access.ts';
import { recordJson, summaryJson } from './event-json.ts';
import { type ReadyDeps, readiness } from './ready.ts';
import { createLaneWatch } from './waiting-lanes.ts';
import { welcome } from './welcome.ts';

export interface ApiDeps extends Omit<ReadyDeps, 'laneWatch'> {
  readonly archive: Archive;
  readonly metrics: { text(): Promise<{ readonly contentType: string; readonly body: string }> };
  /** Asked at each request, so that it may change. Null: no token opens anything. */
  readonly adminToken: () => Secret | null;
  readonly version: string;
  /** Names of the configured sources, for the front page. */
  readonly sources: readonly string[];
  /** Where providers reach us, without a trailing slash; then everybody needs the token. Null: as the asker does. */
  readonly publicUrl: string | null;
  /** False: everybody needs the token, also at this machine. */
  readonly loopbackOpen: boolean;
  readonly log: Logger;
}

/** As `@hono/node-server` hands it over; `app.request()` takes the same as its third argument. */
interface Env {
  Bindings: {
    readonly incoming: { readonly socket: { readonly remoteAddress?: string | undefined } } & Pick<Asker, 'headers'>;
  };
}

const TOKEN_NEEDED = 'only /webhooks/ and /healthz are open without the admin token: Authorization: Bearer …';

/** Everything on the port but `/webhooks/…`. Reads only. */
export function createApi(deps: ApiDeps): Hono<Env> {
  const app = new Hono<Env>();
  const laneWatch = createLaneWatch(deps.clock);
  app.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
  });
  app.get('/healthz', (c) => c.json({ status: 'ok' }));

  // From here on the asker sits at this machine or has the admin token; what does not exist is not told to others either.
  app.use(async (c, next) => {
    const { socket, headers } = c.env.incoming;
    // Whoever sits here must hear what is wrong also when no token can be made.
    const settings = { adminToken: deps.adminToken, isLoopbackOpen: deps.loopbackOpen && deps.publicUrl === null };
    if (accessOf({ remoteAddress: socket.remoteAddress, headers }, settings) !== 'denied') return next();
    c.header('WWW-Authenticate', 'Bearer');
    return failure(c, 401, 'token_needed', `${whereNeeded(deps)}, ${TOKEN_NEEDED}`);
  });
  app.get('/', (c) => c.text(redact(welcome(deps, new URL(c.req.url).origin))));
  app.get('/readyz', async (c) => {
    const ready = await readiness({ ...deps, laneWatch });
    return c.json(redactAll(ready), ready.status === 'ready' ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const { contentType, body } = await deps.metrics.text();
    return c.body(redact(body), 200, { 'Content-Type': contentType });
  });
  const startedAt = iso(deps.clock.now());
  // Which sources this process takes webhooks for, by the settings that it was started with.
  app.get('/api/v1/sources', (c) => c.json({ started_at: startedAt, sources: deps.sources.map((name) => ({ name })) }));
  app.get('/api/v1/events', async (c) => {
    // Its schema is loaded by who asks: 15 MB that a server without questions does without.
    const { eventQuery } = await import('./event-query.ts');
    const query = eventQuery(c.req.query());
    if (!query.ok) return failure(c, 400, 'bad_query', query.message);
    const events = await deps.archive.list(query.filter);
    return c.json({ events: redactAll(events.map(summaryJson)) });
  });
  app.get('/api/v1/events/:id{[0-9]{1,15}}', async (c) => {
    const id = Number(c.req.param('id'));
    const event = await deps.archive.show(id);
    if (event === null) return failure(c, 404, 'not_found', `There is no event ${id}.`);
    // The text as received: a parsed body would no longer be what was signed.
    const { body: _parsed, ...record } = recordJson(event);
    return c.json({ ...redactAll(record), body: event.body && event.body.toString('utf8') });
  });

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

function whereNeeded({ publicUrl, loopbackOpen }: Pick<ApiDeps, 'publicUrl' | 'loopbackOpen'>): string {
  if (publicUrl !== null) return 'With PUBLIC_URL set';
  return loopbackOpen ? 'Beyond this machine' : 'With LOOPBACK_OPEN=false';
}

function failure(c: Context, status: 400 | 401 | 404 | 500 | 503, code: string, message: string): Response {
  return c.json({ error: { code, message: redact(message) } }, status);
}
