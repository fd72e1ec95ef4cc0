import { type Context, Hono } from 'hono';
import { isNestedTooDeep } from '../../shared/nesting.ts';
import { redact } from '../../shared/secrets/redact.ts';
import { createActing } from '../acts/acting.ts';
import type { Line } from '../line.ts';
import { createFeed } from '../stream/feed.ts';
import { MOST_BYTES, readBody } from './read-body.ts';
import { type Answer, type Asked, type Caller, failure, type Route } from './route.ts';
import { ROUTES } from './routes.ts';
import type { V1Deps } from './v1-deps.ts';

/** As whoever asks was let in; `/api/v1` is asked so by HTTP and by the dashboard. */
export interface V1Env {
  Bindings: { readonly caller: Caller; readonly line?: Line | undefined };
}

type V1Context = Context<V1Env>;
type Row = Route<V1Deps>;
type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly answer: Answer };

/** `/api/v1/…`, row by row. Whoever asks is let in already. */
export function createV1(given: Omit<V1Deps, 'feed' | 'acting'>): Hono<V1Env> {
  const deps: V1Deps = { ...given, feed: createFeed(given), acting: createActing(given) };
  const app = new Hono<V1Env>().basePath('/api/v1');
  for (const row of ROUTES) {
    app.on(row.method, row.path, async (c) => written(c, await answerOf(row, c, deps)));
  }
  for (const [path, methods] of methodsByPath()) {
    app.all(path, (c) => written(c, wrongMethod(methods)));
  }
  app.notFound((c) => written(c, failure(404, 'not_found', 'Nothing is here. See /api/v1/openapi.json for what is.')));
  app.onError((error) => {
    throw error;
  });
  return app;
}

function methodsByPath(): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of ROUTES) {
    methods.set(path, [...(methods.get(path) ?? []), ...(method === 'GET' ? ['GET', 'HEAD'] : [method])]);
  }
  return methods;
}

function wrongMethod(methods: readonly string[]): Answer {
  const allowed = methods.join(', ');
  return failure(405, 'wrong_method', `Here is only ${allowed}.`, { Allow: allowed });
}

async function answerOf(row: Row, c: V1Context, deps: V1Deps): Promise<Answer> {
  const { caller } = c.env;
  if (row.role === 'admin' && caller.role !== 'admin') {
    return failure(403, 'viewer_only', 'This token sees all and changes nothing. The admin token may.');
  }
  const params = row.params?.safeParse(c.req.param()) ?? { success: true, data: c.req.param() };
  if (!params.success) return failure(404, 'not_found', 'Nothing is here.');
  const query = queryOf(row, c);
  if (!query.ok) return query.answer;
  const body = await bodyOf(row, c);
  if (!body.ok) return body.answer;
  const asked: Asked = {
    params: params.data,
    query: query.value,
    body: body.value,
    headers: c.req.raw.headers,
    caller,
    signal: signalOf(row, c, deps),
    hangUp: () => c.env.line?.hangUp(),
  };
  // Nobody reads what it would stream.
  if (c.req.method === 'HEAD' && isStream(row))
    return { kind: 'stream', contentType: row.contentType, body: nothing() };
  return row.handle(asked, deps);
}

function isStream(row: Row): row is Row & { readonly contentType: 'text/event-stream' | 'application/x-ndjson' } {
  return row.contentType === 'text/event-stream' || row.contentType === 'application/x-ndjson';
}

function nothing(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.close() });
}

function signalOf(row: Row, c: V1Context, { closing }: V1Deps): AbortSignal {
  const { signal } = c.req.raw;
  return isStream(row) && closing !== undefined ? AbortSignal.any([signal, closing]) : signal;
}

/** An unknown name, and one that came twice, is an error: a filter that is ignored shows the wrong things. */
function queryOf(row: Row, c: V1Context): Parsed<unknown> {
  const given = [...new URL(c.req.url).searchParams];
  const names = given.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return refused(failure(400, 'bad_query', `${shown(twice)}: it came twice`));
  if (row.query === undefined) {
    const [unknown] = names;
    if (unknown === undefined) return { ok: true, value: {} };
    return refused(failure(400, 'bad_query', `${shown(unknown)}: nothing can be asked for here`));
  }
  const parsed = row.query.safeParse(Object.fromEntries(given));
  return parsed.success ? { ok: true, value: parsed.data } : refused(failure(400, 'bad_query', wordsOf(parsed.error)));
}

async function bodyOf({ body: schema }: Row, c: V1Context): Promise<Parsed<unknown>> {
  if (schema === undefined) return { ok: true, value: undefined };
  const read = await readBody(c.req.raw);
  if (read.kind === 'too_large') {
    return refused(failure(413, 'too_large', `A request has at most ${MOST_BYTES / 1024 / 1024} MiB.`));
  }
  if (read.kind !== 'text') return refused(failure(400, 'bad_body', 'The body is no text in UTF-8.'));
  let value: unknown;
  try {
    value = read.text === '' ? {} : JSON.parse(read.text);
  } catch {
    return refused(failure(400, 'bad_body', 'The body is no JSON.'));
  }
  if (isNestedTooDeep(value)) return refused(failure(400, 'bad_body', 'The body nests deeper than anything here.'));
  const parsed = schema.safeParse(value);
  return parsed.success ? { ok: true, value: parsed.data } : refused(failure(400, 'bad_body', wordsOf(parsed.error)));
}

function refused(answer: Answer): { readonly ok: false; readonly answer: Answer } {
  return { ok: false, answer };
}

/** At most so much is said of what is wrong: whoever asks may have sent a million keys. */
const LONGEST = 500;

function wordsOf(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}): string {
  return shown(
    error.issues
      .slice(0, 10)
      .map(({ path, message }) => (path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message))
      .join('; '),
  );
}

function shown(text: string): string {
  return (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text).toWellFormed();
}

function written(c: V1Context, answer: Answer): Response {
  switch (answer.kind) {
    case 'json':
      return c.json(answer.body as never, answer.status ?? 200, { ...answer.headers });
    case 'failure':
      return c.json({ error: { code: answer.code, message: redact(answer.message) } }, answer.status, {
        ...answer.headers,
      });
    case 'stream':
      c.env.line?.mindLeaving();
      return c.body(answer.body, 200, { 'Content-Type': answer.contentType, 'X-Accel-Buffering': 'no' });
    case 'bytes':
      return c.body(new Uint8Array(answer.body), 200, { 'Content-Type': answer.contentType, ...answer.headers });
  }
}
