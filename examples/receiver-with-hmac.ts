import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { DatabaseSync } from 'node:sqlite';

// New: a lock. An address is no secret: whoever finds it can post. So GitHub signs the body with a secret that you both know.
//
// What GitHub signs is the body and nothing else: no time, no delivery id, no event name. Whoever once captured a signed
// body can send it again under a new delivery id, next year too, and the signature is right. Against that:
//   - the signature is remembered beside the delivery id, and a known one under a new id is held, not worked on;
//   - TLS keeps bodies from being captured, and a new secret makes all that were captured worthless.
// No check of age is possible here, since no time is signed. Providers that sign one (Stripe, Slack) allow it.
const port = Number(process.env['PORT'] ?? 5000);
const folder = process.env['EXAMPLES_DIR'] ?? 'examples/data';
/** GitHub sends 25 MB at most. Anything longer is somebody who wants our memory: it is read before it can be trusted. */
const MAX_BYTES = 25 * 1024 * 1024;

type Answer = readonly [status: number, words: string];

mkdirSync(folder, { recursive: true });
const secret = process.env['GITHUB_WEBHOOK_SECRET'] || generatedSecret();
const database = new DatabaseSync(`${folder}/examples.db`, { timeout: 1_000 });
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
database.exec(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'));
// One statement is one transaction: what it looks at cannot change before it writes.
const insert = database.prepare(`
  INSERT INTO events (delivery_id, type, body, signature, state) SELECT :id, :type, :body, :signature,
    iif(EXISTS (SELECT 1 FROM events WHERE signature = :signature), 'held', 'pending')
  WHERE true ON CONFLICT (delivery_id) DO NOTHING RETURNING id, state`);

createServer((request, response) => {
  void receive(request)
    .catch((error: unknown): Answer => [503, `not stored: ${String(error)}`])
    .then(([status, words]) => {
      console.log(`${status} ${words}`);
      response.writeHead(status).end(`${words}\n`);
    });
}).listen(port, '127.0.0.1', () => {
  console.log(`Storing what is signed in ${folder}/examples.db. In another terminal:
  npx tidings send issues.opened --to http://localhost:${port}/webhook
Forged, and refused:
  GUESS=wrong npx tidings send issues.opened --secret-env GUESS --to http://localhost:${port}/webhook`);
});

async function receive(request: IncomingMessage): Promise<Answer> {
  const { 'x-github-event': type, 'x-github-delivery': id, 'x-hub-signature-256': signature } = request.headers;
  if (typeof type !== 'string' || typeof id !== 'string' || !id) return [400, 'this is no delivery from GitHub'];
  const body = await read(request);
  if (body === null) return [413, 'longer than GitHub sends'];
  if (typeof signature !== 'string' || !isSigned(body, signature)) return [401, 'the signature does not match'];
  const row = insert.get({ id, type, body, signature }) as { id: number; state: string } | undefined;
  if (row === undefined) return [200, `duplicate of ${id}`];
  return [200, `${type} ${row.state === 'held' ? 'held as a replay' : 'accepted'} as event ${row.id}`];
}

/** Over the raw bytes: parsed and written anew, JSON means the same and is signed differently. */
function isSigned(body: Buffer, signature: string): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  const given = Buffer.from(signature);
  // `===` stops at the first wrong letter, so its time tells how much was right. This takes the same time always.
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** To its end also when it is too long: whoever is cut off in mid-body does not hear why. But no more of it is kept. */
async function read(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) if ((size += chunk.length) <= MAX_BYTES) chunks.push(chunk);
  return size <= MAX_BYTES ? Buffer.concat(chunks) : null;
}

/** Kept where `npx tidings send` looks for it, and generates it if it is the first. */
function generatedSecret(): string {
  const home = process.env['DATA_DIR'] ?? 'data';
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const file = `${home}/github-secret`;
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
// The worker only prints. Who tells the team? → full-worker
