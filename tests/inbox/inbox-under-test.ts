import assert from 'node:assert/strict';
import { afterEach } from 'node:test';
import type { Lease } from '../../src/model/inbox/lanes.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { newEvent, routed } from '../fixtures/stored.ts';

/** One inbox under test: `open()` may be called several times, as several processes would. */
export interface InboxUnderTest {
  open(): Promise<Inbox>;
  /** The time the inbox sees; tests move it. */
  advance(ms: number): void | Promise<void>;
  remove(): Promise<void>;
}

/** In a suite: a new store whenever one of its tests asks, opened once and as often as `reopen` asks; all is closed and removed after that test. */
export function freshInboxes<U extends InboxUnderTest>(create: () => Promise<U>) {
  const cleanups: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });

  return async (): Promise<{ inbox: Inbox; under: U; reopen(): Promise<Inbox> }> => {
    const under = await create();
    cleanups.push(() => under.remove());
    const reopen = async () => {
      const inbox = await under.open();
      cleanups.push(async () => inbox[Symbol.asyncDispose]());
      return inbox;
    };
    return { inbox: await reopen(), under, reopen };
  };
}

export async function lease(inbox: Inbox, lane: string, owner = 'a'): Promise<Lease> {
  const [lease] = await inbox.acquire(owner, [lane], 10_000);
  assert(lease, `${owner} owns ${lane}`);
  return lease;
}

/** Events told to `slack`, ready to be sent. */
export async function queued(inbox: Inbox, count: number): Promise<readonly number[]> {
  const expander = await lease(inbox, 'expand');
  const appended = await Promise.all(Array.from({ length: count }, () => inbox.append(newEvent())));
  const ids = appended.map(({ id }) => id);
  await inbox.expand(
    expander,
    ids.map((id) => routed(id, ['slack'])),
  );
  return ids;
}
