import type { Inbox } from '../../src/model/inbox.ts';

const STEPS = ['bringOver', 'eraseBodies', 'deleteEvents', 'deleteAttempts', 'deleteLeftovers', 'shrink'] as const;

export interface Watched {
  readonly inbox: Inbox;
  /** The longest since it was asked last, ms. */
  longestStep(): { readonly ms: number; readonly step: string };
}

/** An inbox whose steps of upkeep are timed, from the call to the answer: what they read on the side is part of it. */
export function watched(inbox: Inbox): Watched {
  let longest = { ms: 0, step: '' };
  const timed = Object.fromEntries(
    STEPS.map((step) => {
      const work = inbox[step].bind(inbox) as (...args: unknown[]) => Promise<unknown>;
      return [
        step,
        async (...args: unknown[]) => {
          const started = performance.now();
          const result = await work(...args);
          const ms = performance.now() - started;
          if (ms > longest.ms) longest = { ms, step };
          return result;
        },
      ];
    }),
  );
  return {
    inbox: { ...inbox, ...timed },
    longestStep() {
      const said = longest;
      longest = { ms: 0, step: '' };
      return said;
    },
  };
}

/**
 * How long a step of `work` held the writer at most, ms: the longest that a small question to the writer waited, asked again and again,
 * but no more than the longest step took. What is more than that was this machine's.
 */
export async function longestHold(
  inbox: Inbox,
  work: () => Promise<unknown>,
  longestStepMs: () => number,
): Promise<number> {
  let isOver = false;
  let longest = 0;
  const ask = async () => {
    while (!isOver) {
      const asked = performance.now();
      await inbox.recall('held');
      longest = Math.max(longest, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const asking = ask();
  try {
    await work();
  } finally {
    isOver = true;
    await asking;
  }
  return Math.min(longest, longestStepMs());
}
