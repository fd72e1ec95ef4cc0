import { after } from 'node:test';
import type { Inbox } from '../../src/model/inbox.ts';

/** One inbox under test: `open()` may be called several times, as several processes would. */
export interface InboxUnderTest {
  open(): Promise<Inbox>;
  /** The time the inbox sees; tests move it. */
  advance(ms: number): void | Promise<void>;
  remove(): Promise<void>;
}

/** A new store for each test of a suite, opened once and as often as `reopen` asks; all is closed and removed afterwards. */
export function freshInboxes(create: () => Promise<InboxUnderTest>) {
  const cleanups: (() => Promise<void>)[] = [];
  after(async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  });

  return async (): Promise<{ inbox: Inbox; under: InboxUnderTest; reopen(): Promise<Inbox> }> => {
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
