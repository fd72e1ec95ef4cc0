import { mkdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';

// New: the other half of receiver-with-db, in a process of its own. It may be slow, crash or be deployed anew, and the
// receiver goes on answering in milliseconds. The table between them is the queue.
const folder = process.env['EXAMPLES_DIR'] ?? 'examples/data';
/** This is polling again, but of our own file: it costs microseconds and nobody's rate limit. */
const PAUSE_MS = 250;

interface Settled {
  readonly state: 'processed' | 'skipped' | 'failed';
  readonly reason: string | null;
}

interface Payload {
  readonly action?: string;
  readonly repository?: { readonly full_name: string };
  readonly sender?: { readonly login: string };
  readonly issue?: { readonly title: string };
}

mkdirSync(folder, { recursive: true });
const database = new DatabaseSync(`${folder}/examples.db`, { timeout: 5_000 });
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
database.exec(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'));
const next = database.prepare("SELECT id, type, body FROM events WHERE state = 'pending' ORDER BY id LIMIT 1");
const settle = database.prepare(
  "UPDATE events SET state = ?, reason = ?, settled_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?",
);

console.log(`Working on ${folder}/examples.db. Ctrl-C ends it; what is pending then is done at the next start.`);
for (;;) {
  const event = next.get() as { id: number; type: string; body: Uint8Array } | undefined;
  if (event === undefined) {
    await setTimeout(PAUSE_MS);
    continue;
  }
  const { state, reason } = work(event.type, Buffer.from(event.body));
  // Marked after the work: a crash in between does it a second time. Marked before, a crash would lose it. There is no
  // third order; "exactly once" needs the receiving end to recognise the repetition.
  settle.run(state, reason, event.id);
  console.log(`event ${event.id} ${state}${reason === null ? '' : `: ${reason}`}`);
}

/** Never throws: one event that cannot be read must not stop the ones behind it. */
function work(type: string, body: Buffer): Settled {
  try {
    const payload = JSON.parse(body.toString()) as Payload;
    if (type !== 'issues' || payload.action !== 'opened') {
      return { state: 'skipped', reason: `nobody wants ${payload.action ? `${type}.${payload.action}` : type}` };
    }
    const { repository, sender, issue } = payload;
    if (!repository || !sender || !issue) throw new Error('repository, sender or issue is missing');
    console.log(`${sender.login} opened an issue in ${repository.full_name}: ${issue.title}`);
    return { state: 'processed', reason: null };
  } catch (error) {
    return { state: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
// The curl line of receiver-with-db got in without any account. Who may write here? → receiver-with-hmac
