import { mkdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { normalise } from './github-normaliser.ts';
import { notify } from './slack-notifier.ts';
import { slack } from './stand-in.ts';

// New: the worker with real work. Normalise, post, try again. Beside receiver-with-hmac this is the whole notifier, in two
// processes: Slack may be slow, or down for an hour, and the receiver still answers GitHub in milliseconds.
const folder = process.env['EXAMPLES_DIR'] ?? 'examples/data';
const webhookUrl = process.env['SLACK_WEBHOOK_URL'] || (await slack());
const { PAUSE_MS: pauseMs = '1000' } = process.env; // Slack takes one message a second and channel.
const MOST_TRIES = 20;

mkdirSync(folder, { recursive: true });
const database = new DatabaseSync(`${folder}/examples.db`, { timeout: 5_000 });
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
database.exec(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'));
const next = database.prepare("SELECT id, type, body FROM events WHERE state = 'pending' ORDER BY id LIMIT 1");
const settle = database.prepare(
  "UPDATE events SET state = ?, reason = ?, settled_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE id = ?",
);

console.log(
  `Working on ${folder}/examples.db, posting to ${process.env['SLACK_WEBHOOK_URL'] ? 'Slack' : 'a stand-in'}.`,
);
for (;;) {
  const event = next.get() as { id: number; type: string; body: Uint8Array } | undefined;
  if (event === undefined) {
    await setTimeout(250);
    continue;
  }
  const [state, reason] = await work(event.type, Buffer.from(event.body));
  // No transaction was open while Slack thought. Killed before this line, we post this event a second time.
  settle.run(state, reason, event.id);
  console.log(`event ${event.id} ${state}${reason === null ? '' : `: ${reason}`}`);
}

/** One event to its end. While Slack is away everything waits here, in order: the channel is ill, not the message. */
async function work(type: string, body: Buffer): Promise<[state: string, reason: string | null]> {
  try {
    const said = normalise(type, body);
    if (said.kind === 'skipped') return ['skipped', said.reason];
    for (let tries = 1; ; tries++) {
      const outcome = await notify(webhookUrl, said.activity);
      await setTimeout(Number(pauseMs));
      if (outcome.kind === 'sent') return ['processed', null];
      if (outcome.kind === 'refused' || tries === MOST_TRIES) return ['failed', outcome.reason];
      console.log(`not yet: ${outcome.reason}`);
      // As long as Slack says; else 1, 2, 4… seconds, ten minutes at most.
      await setTimeout(outcome.waitMs ?? Math.min(1_000 * 2 ** tries, 600_000));
    }
  } catch (error) {
    return ['failed', error instanceof Error ? error.message : String(error)];
  }
}
// Several channels, rules, digests, two workers, and why nobody heard of it? → notifier
