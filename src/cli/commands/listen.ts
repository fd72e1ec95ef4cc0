import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Command } from 'commander';
import { webhookPath } from '../../config/describe/place-words.ts';
import { parsedBody } from '../../http/event-json.ts';
import type { Headers } from '../../model/headers.ts';
import type { Received, Reply, Source, SourceRequest } from '../../model/source.ts';
import { calledUrls, type UrlOf } from '../../run/called-urls.ts';
import { iso } from '../../shared/time-words.ts';
import { aborted } from '../aborted.ts';
import { inWords } from '../cli-error.ts';
import { type Context, loadConfig } from '../context.ts';
import { examples, json, whole } from '../options.ts';
import { oneLine } from '../table.ts';
import { prettyBody } from '../words/body-words.ts';
import { openRequestFile, type RequestFile } from './listen/request-file.ts';

interface ListenOptions {
  readonly port?: number;
  readonly save?: string;
  readonly json?: true;
}

/** The same limit as the receiver's: GitHub sends at most 25 MB. */
const BODY_LIMIT = 25 * 1024 * 1024;
/** Of all bodies that are being read: an open port hears from everybody. */
const READING_LIMIT = 4 * BODY_LIMIT;
const TIMES = { headersTimeout: 10_000, requestTimeout: 30_000 };
let reading = 0;

interface Heard {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: Buffer;
  readonly verdict: Verdict;
}

interface Verdict {
  readonly ok: boolean;
  readonly words: string;
  /** What the provider expects to hear. */
  readonly reply?: Reply | undefined;
}

const PRINTED: Reply = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"status":"printed"}\n' };

export function define(command: Command, context: Context): void {
  command
    .description('print every request with headers and payload, verified or not; store nothing')
    .addHelpText(
      'before',
      examples(context, [
        ['listen', ''],
        ['listen --port 3100 --json', 'one JSON object a line'],
        ['listen --save requests.json', 'and then: verify --file requests.json'],
      ]),
    )
    .option('--port <port>', 'listen here instead of at PORT', whole('a port', 0, 65_535))
    .option('--save <file>', 'append each request, as verify reads it')
    .addOption(json())
    .addHelpText('after', SAVED)
    .action((options: ListenOptions) => listen(context, options));
}

const SAVED = `
--save keeps requests whole, with what proves them, since \`verify\` needs that:
signatures, and where the sender proves itself by a token, a password or a
cookie, that secret itself. So the file is for you alone (0600): delete it when
you are done. The secrets that signatures are made with are not in it. One JSON
object a line, appended before the request is answered.`;

/** Prints every request that arrives, verified or not, answers 200 and stores nothing. */
async function listen(context: Context, options: ListenOptions): Promise<void> {
  const config = await loadConfig(context, { readOnly: true, purpose: 'receive' });
  const { buildSources } = await import('../../run/sources.ts');
  const sources = await buildSources(config);
  const urlOf = calledUrls(config);
  await using file = options.save === undefined ? null : await openRequestFile(options.save, context.say);
  const receiver = { sources, urlOf, file };
  const port = options.port ?? config.port;
  let printed = Promise.resolve();
  const print = async (request: IncomingMessage, response: ServerResponse) => {
    // While nobody reads what was printed, what arrives waits unread. That it could not be printed was said then.
    await printed.catch(() => {});
    const heard = await hear(context, receiver, request, response);
    if (heard !== null) await (printed = report(context, heard, options.json === true));
  };
  const server = createServer(TIMES, (request, response) => {
    print(request, response).catch((error: unknown) => context.say(`A request broke off: ${reasonOf(error)}`));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(inWords(error, port)));
    server.listen(port, config.host, resolve);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  const path = webhookPath(sources[0]?.name ?? '');
  const kept = options.save === undefined ? 'stores nothing' : `saves it to ${options.save}`;
  context.say(`Listening on http://localhost:${taken}${path} (and every other path). Prints everything, ${kept}.`);
  context.say(`Try it: ${context.invocation} send ping --to http://localhost:${taken}${path}`);
  await Promise.race([aborted(context.io.stop), aborted(context.io.closed)]);
  server.close();
  server.closeAllConnections();
}

interface Receiver {
  readonly sources: readonly Source[];
  readonly urlOf: UrlOf;
  /** Where requests are saved. Null: nowhere. */
  readonly file: RequestFile | null;
}

async function hear(
  context: Context,
  { sources, urlOf, file }: Receiver,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Heard | null> {
  const body = await readBody(request);
  if (body === null) {
    response.writeHead(413, { connection: 'close' }).end('{"status":"too large"}\n');
    context.say(`Refused a body over ${BODY_LIMIT / 1024 / 1024} MiB, or one too many at once.`);
    return null;
  }
  const { method = '?', url: path = '/' } = request;
  const headers = joined(request);
  const at = context.clock.now();
  const url = urlOf({ url: path, calledUrl: null, from: request.socket.remoteAddress, headers });
  const source = sourceAt(sources, path);
  const verdict = await verdictOn(source, { method, url, headers, body, now: at });
  if (file !== null && source !== undefined) {
    const { name, provider } = source;
    const { rawHeaders } = request;
    await file
      .save({ provider, source: name, method, url, rawHeaders, body, now: at })
      .catch((error: unknown) => context.say(`This request could not be saved: ${reasonOf(error)}`));
  }
  const { status, headers: own, body: words } = verdict.reply ?? PRINTED;
  response.writeHead(status, own).end(words);
  return { at, method, path, headers, body, verdict };
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      reading += chunk.length;
      if (size > BODY_LIMIT || reading > READING_LIMIT) return null;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    reading -= size;
  }
}

/** A path of no source is tried with the first one: people start with whatever path they have. */
function sourceAt(sources: readonly Source[], path: string): Source | undefined {
  const pathname = path.split('?')[0];
  return sources.find((each) => webhookPath(each.name) === pathname) ?? sources[0];
}

async function verdictOn(source: Source | undefined, request: SourceRequest): Promise<Verdict> {
  if (source === undefined) return { ok: false, words: 'no source is configured' };
  const received = await receivedBy(source, request);
  if (received instanceof Error) return { ok: false, words: `the signature could not be checked: ${received.message}` };
  if (received.kind === 'refused') return { ok: false, words: source.diagnose(request, received) };
  if (received.kind === 'not_now') return { ok: false, words: received.reason };
  const secret = received.secretNo === undefined ? '' : `, secret ${received.secretNo}`;
  const but = received.kind === 'unidentified' ? `, but the ${received.missing} is missing` : '';
  const reply = received.kind === 'unidentified' ? undefined : received.reply;
  return { ok: true, words: `by source ${source.name}${secret}${but}`, reply };
}

/** What throws is refused, as the receiver does. */
async function receivedBy(source: Source, request: SourceRequest): Promise<Received | Error> {
  try {
    return await source.receive(request);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function report(context: Context, heard: Heard, json: boolean): Promise<void> {
  const { at, method, path, headers, body, verdict } = heard;
  if (json) {
    const line = { at: iso(at), method, path, headers, bytes: body.length, verified: verdict.ok, why: verdict.words };
    return context.printJson({ ...line, body: parsedBody(body) });
  }
  const { out } = context;
  const mark = verdict.ok ? out.green('✓ verified') : out.red('✗ not verified');
  return context.print(
    `${out.bold(`${method} ${oneLine(path)}`)}  ${out.dim(`${iso(at)} · ${body.length.toLocaleString('en-US')} bytes`)}`,
    `${mark}: ${oneLine(verdict.words)}`,
    ...Object.entries(headers).map(([name, value]) => `  ${out.dim(`${name}:`)} ${oneLine(value ?? '')}`),
    body.length === 0 ? out.dim('(no body)') : prettyBody(body),
    '',
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** As the receiver sees them: lower case, repeated ones joined by `, `. */
function joined(request: IncomingMessage): Headers {
  return Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(', ')]),
  );
}
