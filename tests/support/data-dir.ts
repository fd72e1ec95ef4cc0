import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { stringify } from 'yaml';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import type { EventRecord, EventSummary } from '../../src/model/inbox/records.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { PATIENCE_MS } from './patience.ts';
import { withoutThreads } from './without-threads.ts';

/** An empty folder that goes when the test ends: `await using dir = await dataDir()`. */
export async function dataDir(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'tidings-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Writes the `tidings.yaml` that processes in this folder read. */
export function configure(path: string, config: object): Promise<void> {
  return writeFile(join(path, 'tidings.yaml'), stringify(config));
}

/** Opens the inbox in a data folder beside the processes that use it. */
export function openInbox(path: string): Promise<Inbox> {
  return openSqliteInbox({ path: join(path, 'tidings.db'), clock: systemClock }, withoutThreads);
}

/** Everything stored, or what is behind `afterId`; oldest first. */
export async function allEvents(inbox: Inbox, afterId = 0): Promise<readonly EventSummary[]> {
  const [newest] = await inbox.list({ limit: 1 });
  const found = await inbox.list({ limit: Math.max(0, (newest?.id ?? 0) - afterId) });
  return found.filter(({ id }) => id > afterId).toReversed();
}

/**
 * Resolves when nothing is pending and nothing waits in any lane. Settling wakes nobody, so it asks, without haste. It gives up
 * when nothing has become less for `timeoutMs`: a machine that is slow is not one that stands still.
 */
export async function drained(inbox: Inbox, timeoutMs = PATIENCE_MS): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let deadline = 0;
  for (let pauseMs = 10; ; pauseMs = Math.min(100, pauseMs * 1.5)) {
    const waiting = (await inbox.depths()).filter(({ depth }) => depth > 0);
    if (waiting.length === 0) return;
    const left = waiting.reduce((sum, { depth }) => sum + depth, 0);
    if (left < least) [least, deadline] = [left, systemClock.now() + timeoutMs];
    if (systemClock.now() > deadline) throw new Error(`still waiting: ${JSON.stringify(waiting)}`);
    await setTimeout(pauseMs);
  }
}

/** Resolves when it holds of all that is stored. Deciding wakes nobody outside, so it asks, without haste. */
export async function stored(
  inbox: Inbox,
  holds: (all: readonly EventRecord[]) => boolean,
  timeoutMs = PATIENCE_MS,
): Promise<void> {
  const deadline = systemClock.now() + timeoutMs;
  for (;;) {
    const all = await records(inbox);
    if (holds(all)) return;
    if (systemClock.now() > deadline) {
      throw new Error(`still not so: ${JSON.stringify(all.map(({ id, state, reason }) => ({ id, state, reason })))}`);
    }
    await setTimeout(25);
  }
}

const ASKED_AT_ONCE = 100;

export async function records(inbox: Inbox, afterId = 0): Promise<readonly EventRecord[]> {
  const all = await allEvents(inbox, afterId);
  const found: EventRecord[] = [];
  // Some at once: who asks for more waits for a connection to Postgres longer than it lets him.
  for (let n = 0; n < all.length; n += ASKED_AT_ONCE) {
    const some = await Promise.all(all.slice(n, n + ASKED_AT_ONCE).map(({ id }) => inbox.show(id)));
    found.push(...some.filter((record) => record !== null));
  }
  return found;
}

/**
 * Gives back the leases of workers that were killed, as 10 s of waiting would: the next owner still gets a new epoch and
 * adopts what they left open. How long it takes by itself is measured in roles.test.ts.
 */
export async function expireLeases(inbox: Inbox): Promise<void> {
  const owners = new Set((await inbox.depths()).map(({ owner }) => owner));
  for (const owner of owners) if (owner !== null) await inbox.release(owner);
}
