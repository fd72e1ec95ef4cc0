import type { EventId, NewEvent } from '../../src/model/event.ts';
import type { Expansion } from '../../src/model/inbox/backlog.ts';
import type { Appended } from '../../src/model/inbox/intake.ts';
import type { Lease } from '../../src/model/inbox/lanes.ts';
import type { Inbox } from '../../src/model/inbox.ts';

/** Appended and decided together. */
const TOGETHER = 2_048;

export interface Filling {
  readonly count: number;
  event(index: number): NewEvent;
  /** Null: it stays pending. */
  expansion(index: number, id: EventId): Expansion | null;
  /** Told before what is received later is appended: the clock may be moved. */
  before?(index: number): void;
  /** Told after each piece with how many are there. */
  after?(done: number): Promise<void> | void;
}

/** Stores and decides events by the inbox's own code, the decisions of one piece beside the receipts of the next. */
export async function fill(inbox: Inbox, lease: Lease, filling: Filling): Promise<void> {
  let deciding: Promise<unknown> = Promise.resolve();
  for (let from = 0; from < filling.count; ) {
    const size = Math.min(TOGETHER, filling.count - from);
    filling.before?.(from);
    const appending: Promise<Appended>[] = [];
    for (let index = from; index < from + size; index++) appending.push(inbox.append(filling.event(index)));
    const appended = await Promise.all(appending);
    await deciding;
    const first = from;
    deciding = decide(
      inbox,
      lease,
      appended.flatMap(({ status, id }, index) => {
        const expansion = status === 'accepted' ? filling.expansion(first + index, id) : null;
        return expansion === null ? [] : [expansion];
      }),
    );
    from += size;
    if (filling.after !== undefined) {
      await deciding;
      await filling.after(from);
    }
  }
  await deciding;
}

async function decide(inbox: Inbox, lease: Lease, expansions: readonly Expansion[]): Promise<void> {
  if (expansions.length === 0) return;
  if ((await inbox.expand(lease, expansions)) === 'fenced') throw new Error('somebody else took the expander');
}

/** Tells everything that waits in a lane; `answer` says how each of its notifications ends. */
export async function tellAll(
  inbox: Inbox,
  lease: Lease,
  answer: (eventId: EventId) => 'sent' | 'dead' = () => 'sent',
): Promise<number> {
  for (let told = 0; ; ) {
    const { notifications } = await inbox.waiting(lease.lane, 1_000);
    if (notifications.length === 0) return told;
    const starts = notifications.map(({ id, eventId }) => ({
      request: `card of event ${eventId}`,
      notifications: [id],
    }));
    const attemptIds = await inbox.begin(lease, starts);
    if (typeof attemptIds === 'string') throw new Error(`${lease.lane}: ${attemptIds}`);
    const ends = attemptIds.map((attemptId, index) => {
      const state = answer(notifications[index]?.eventId ?? 0);
      const base = { attemptId, detail: state === 'sent' ? 'ok' : 'invalid_blocks', exhausted: [], state };
      return state === 'sent'
        ? ({ ...base, outcome: 'sent', reason: null } as const)
        : ({ ...base, outcome: 'rejected', reason: 'invalid_blocks' } as const);
    });
    const ended = await inbox.end(lease, ends, { notBefore: 0, failures: 0 });
    if (ended === 'fenced') throw new Error(`somebody else took ${lease.lane}`);
    told += notifications.length;
  }
}
