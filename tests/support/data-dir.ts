import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import type { EventRecord, EventSummary, Inbox } from '../../src/model/inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';

/** An empty folder that goes when the test ends: `await using dir = await dataDir()`. */
export async function dataDir(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'tidings-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Opens the inbox in a data folder beside the processes that use it. */
export function openInbox(path: string): Promise<Inbox> {
  return openSqliteInbox({ path: join(path, 'tidings.db'), clock: systemClock });
}

/** Everything stored, oldest first. */
export async function allEvents(inbox: Inbox): Promise<readonly EventSummary[]> {
  return [...(await inbox.list({ limit: 1_000_000 }))].reverse();
}

/** Resolves when nothing is pending and nothing waits in any lane; woken by the inbox itself. */
export async function drained(inbox: Inbox, timeoutMs = 30_000): Promise<void> {
  const deadline = systemClock.now() + timeoutMs;
  for (;;) {
    const waiting = (await inbox.depths()).filter(({ depth }) => depth > 0);
    if (waiting.length === 0) return;
    if (systemClock.now() > deadline) throw new Error(`still waiting: ${JSON.stringify(waiting)}`);
  }
}

export async function records(inbox: Inbox): Promise<readonly EventRecord[]> {
  const all = await allEvents(inbox);
  const found = await Promise.all(all.map(({ id }) => inbox.show(id)));
  return found.filter((record) => record !== null);
}
