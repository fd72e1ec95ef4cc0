import type { Mute } from '../../model/inbox/mutes.ts';
import type { Inbox } from '../../model/inbox.ts';
import type { Decision, Directory } from '../../model/rule.ts';
import { withoutMuted } from '../../route/muted.ts';
import type { Routable } from './expand-event.ts';

/** Thread → what is muted of it now. */
export type Muted = ReadonlyMap<string, readonly Mute[]>;

const NONE: Muted = new Map();

/** Of all threads of a batch, in one question. */
export async function mutedIn(batch: readonly Routable[], inbox: Pick<Inbox, 'mutes'>, now: number): Promise<Muted> {
  const threads = new Set(batch.flatMap(({ activity }) => activity.keys.thread ?? []));
  if (threads.size === 0) return NONE;
  return Map.groupBy(await inbox.mutes([...threads], now), ({ thread }) => thread);
}

/** What somebody replays, they want to see: for that nothing is muted. */
export function unmuted(
  decision: Decision,
  { event, activity }: Routable,
  { muted, owners }: { readonly muted: Muted; readonly owners: Directory['owners'] },
): Decision {
  const { thread } = activity.keys;
  const mutes = thread === null || event.replays > 0 ? undefined : muted.get(thread);
  return mutes === undefined ? decision : withoutMuted(decision, mutes, owners);
}
