import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { buffer } from 'node:stream/consumers';

// New: a database. Three rules make a receiver that forgets nothing:
//   1. Answer 2xx only after the commit. GitHub never repeats what was answered 2xx.
//   2. One delivery id, one row. "Redeliver" at GitHub, or a proxy that retries, sends the same one again.
//   3. Do no work here. GitHub hangs up after 10 seconds; the work is the worker's.
const port = Number(process.env['PORT'] ?? 5000);
const folder = process.env['EXAMPLES_DIR'] ?? 'examples/data';

type Answer = readonly [status: number, words: string];

mkdirSync(folder, { recursive: true });
// The timeout is how long we wait for another process that is writing, before we say that we could not.
const database = new DatabaseSync(`${folder}/examples.db`, { timeout: 1_000 });
// WAL lets the worker read while we write; FULL waits for the disk at each commit. Without it "stored" is a hope.
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
database.exec(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'));

// Asking first "is it there?" and inserting then would let two equal deliveries slip through together. The unique
// constraint decides in one step: no row comes back where there was one already.
const insert = database.prepare(
  'INSERT INTO events (delivery_id, type, body) VALUES (?, ?, ?) ON CONFLICT (delivery_id) DO NOTHING RETURNING id',
);

createServer((request, response) => {
  void receive(request)
    // Not stored is not 2xx: at GitHub the delivery shows as failed, and can be sent again for three days.
    .catch((error: unknown): Answer => [503, `not stored: ${String(error)}`])
    .then(([status, words]) => {
      console.log(`${status} ${words}`);
      response.writeHead(status).end(`${words}\n`);
    });
}).listen(port, '127.0.0.1', () => {
  const webhook = `http://localhost:${port}/webhook`;
  console.log(`Storing in ${folder}/examples.db. In another terminal:
  npx tidings send issues.opened --to ${webhook}
The same delivery twice is one event:
  curl -d '{"action":"created"}' -H 'x-github-event: star' -H 'x-github-delivery: one' ${webhook}`);
});

async function receive(request: IncomingMessage): Promise<Answer> {
  const { 'x-github-event': type, 'x-github-delivery': deliveryId } = request.headers;
  if (request.method !== 'POST' || typeof type !== 'string' || typeof deliveryId !== 'string' || !deliveryId) {
    return [400, 'this is no delivery from GitHub'];
  }
  // Not parsed: what cannot be read is stored too, and looked at later, with time.
  const row = insert.get(deliveryId, type, await buffer(request)) as { id: number } | undefined;
  return row === undefined ? [200, `duplicate of ${deliveryId}`] : [200, `${type} accepted as event ${row.id}`];
}
// They pile up as pending. Who does the work? → worker
