import { type Context, Hono } from 'hono';
import { redact } from '../../shared/secrets/redact.ts';
import { type Answer, type Asked, type Caller, failure, type Route } from './route.ts';
import { ROUTES } from './routes.ts';
import type { V1Deps } from './v1-deps.ts';

/** As whoever asks was let in; `/api/v1` is asked so by HTTP and by the dashboard. */
export interface V1Env {
  Bindings: { readonly caller: Caller };
}

/** Largest body of a request, in bytes. */
const MOST_BYTES = 2 * 1024 * 1024;

/** `/api/v1/…`, row by row. Whoever asks is let in already. */
export function createV1(deps: V1Deps): Hono<V1Env> {
  const app = new Hono<V1Env>().basePath('/api/v1');
  for (const row of ROUTES) {
    app.on(row.method, row.path, async (c) => written(c, await answerOf(row, c, deps)));
  }
  app.notFound((c) => written(c, failure(404, 'not_found', 'Nothing is here. See /api/v1/openapi.json for what is.')));
  app.onError((error) => {
    throw error;
  });
  return app;
}

async function answerOf(row: Route<V1Deps>, c: Context<V1Env>, deps: V1Deps): Promise<Answer> {
  const { caller } = c.env;
  if (row.role === 'admin' && caller.role !== 'admin') {
    return failure(403, 'viewer_only', 'This token sees all and changes nothing. The admin token may.');
  }
  const params = row.params?.safeParse(c.req.param()) ?? { success: true, data: c.req.param() };
  if (!params.success) return failure(404, 'not_found', 'Nothing is here.');
  const query = row.query?.safeParse(c.req.query()) ?? { success: true, data: {} };
  if (!query.success) return failure(400, 'bad_query', wordsOf(query.error));
  const body = row.body === undefined ? { ok: true as const, value: undefined } : await bodyOf(c, row.body);
  if (!body.ok) return body.answer;
  const asked: Asked = {
    params: params.data,
    query: query.data,
    body: body.value,
    headers: c.req.raw.headers,
    caller,
    signal: c.req.raw.signal,
  };
  return row.handle(asked, deps);
}

async function bodyOf(
  c: Context,
  schema: NonNullable<Route<V1Deps>['body']>,
): Promise<{ readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly answer: Answer }> {
  const refused = (answer: Answer) => ({ ok: false as const, answer });
  if (Number(c.req.header('content-length') ?? 0) > MOST_BYTES) return refused(tooLarge());
  const text = await c.req.text();
  if (text.length > MOST_BYTES) return refused(tooLarge());
  let value: unknown;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    return refused(failure(400, 'bad_body', 'The body is no JSON.'));
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? { ok: true, value: parsed.data } : refused(failure(400, 'bad_body', wordsOf(parsed.error)));
}

function tooLarge(): Answer {
  return failure(413, 'too_large', `A request has at most ${MOST_BYTES / 1024 / 1024} MiB.`);
}

function wordsOf(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}): string {
  return error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message))
    .join('; ');
}

function written(c: Context, answer: Answer): Response {
  switch (answer.kind) {
    case 'json':
      return c.json(answer.body as never, answer.status ?? 200, { ...answer.headers });
    case 'failure':
      return c.json({ error: { code: answer.code, message: redact(answer.message) } }, answer.status);
    case 'stream':
      return c.body(answer.body, 200, { 'Content-Type': answer.contentType, 'X-Accel-Buffering': 'no' });
    case 'bytes':
      return c.body(new Uint8Array(answer.body), 200, { 'Content-Type': answer.contentType, ...answer.headers });
  }
}
