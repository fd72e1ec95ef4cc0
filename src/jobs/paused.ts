import type { Hold } from '../model/inbox/lanes.ts';
import { iso } from '../shared/time-words.ts';
import type { HeldLane } from './held-lane.ts';

/**
 * Waits once while a person has the lane paused, and says whether that was so. Every renewal of the lease wakes it, and knows whether it is
 * over: somebody resumed it, or its time is.
 */
export function pauseByPerson({ context, destination, owned }: HeldLane): () => Promise<boolean> {
  const { clock, log, timing } = context;
  const { name } = destination;
  let said: Hold | null = null;
  return async () => {
    const { hold } = owned;
    if (hold !== null && hold.at !== said?.at) {
      said = hold;
      log.info({ destination: name, by: hold.by, until: hold.until }, sentence(name, hold));
    }
    if (owned.isPaused) {
      await owned.wake.wait(clock, timing.renewMs);
      return true;
    }
    if (said !== null) log.info({ destination: name }, `${name} goes on: it is paused no longer`);
    said = null;
    return false;
  };
}

function sentence(name: string, { by, at, until }: Hold): string {
  const end = until === null ? `until \`tidings resume ${name}\`` : `until ${iso(until)} or \`tidings resume ${name}\``;
  return `${name} is paused by ${by} since ${iso(at)}: what is for it waits, ${end}`;
}

/** No attempt is recorded of a card: the store is asked before it leaves. */
export async function becamePaused({ context, destination, owned, toBegin }: HeldLane): Promise<boolean> {
  const work = () => context.inbox.isHeld(destination.name);
  // What is not known because the worker stops is as good as paused.
  if ((await toBegin(`asking whether ${destination.name} is paused`, work)) === false) return false;
  owned.foundPaused();
  return true;
}
