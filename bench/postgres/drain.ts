import type { Lease } from '../../src/model/inbox/lanes.ts';
import type { AttemptEnd } from '../../src/model/inbox/outbox.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { told } from './events.ts';

const LANE = 'out';
const BATCH = 64;
const MESSAGES = 64;

/** How long each turn took, ms an event, and how many are through. */
export interface Turns {
  readonly expandMs: number[];
  readonly sendMs: number[];
  ended: number;
}

export const noTurns = (): Turns => ({ expandMs: [], sendMs: [], ended: 0 });

/**
 * What a worker does to the database, without the work in between: reads what is pending, decides, claims, ends. Until
 * `isOver`, and then until nothing is left.
 */
export async function drain(inbox: Inbox, isOver: () => boolean, turns: Turns): Promise<void> {
  const expander = await acquired(inbox, 'expand');
  const lane = await acquired(inbox, LANE);
  let woken = Promise.withResolvers<void>();
  const stopWaking = inbox.onWake(() => woken.resolve());
  for (;;) {
    const moved = (await expandSome(inbox, expander, turns)) + (await sendSome(inbox, lane, turns));
    if (moved > 0) continue;
    if (isOver()) break;
    await Promise.race([woken.promise, new Promise((resolve) => setTimeout(resolve, 100))]);
    woken = Promise.withResolvers<void>();
  }
  stopWaking();
  await inbox.release('bench');
}

async function acquired(inbox: Inbox, lane: string): Promise<Lease> {
  const [lease] = await inbox.acquire('bench', [lane], 3_600_000);
  if (lease === undefined) throw new Error(`somebody else holds ${lane}`);
  return lease;
}

async function expandSome(inbox: Inbox, lease: Lease, turns: Turns): Promise<number> {
  const started = performance.now();
  const events = await inbox.pending(BATCH);
  if (events.length === 0) return 0;
  await inbox.expand(
    lease,
    events.map((event) => told(event, LANE)),
  );
  turns.expandMs.push((performance.now() - started) / events.length);
  return events.length;
}

async function sendSome(inbox: Inbox, lease: Lease, turns: Turns): Promise<number> {
  const started = performance.now();
  const { notifications } = await inbox.waiting(LANE, MESSAGES);
  if (notifications.length === 0) return 0;
  const messages = notifications.map(({ id }) => ({ request: 'card', notifications: [id] }));
  const attempts = await inbox.begin(lease, messages);
  if (typeof attempts === 'string') throw new Error(attempts);
  await inbox.end(lease, attempts.map(sent), { notBefore: 0, failures: 0 });
  turns.sendMs.push((performance.now() - started) / notifications.length);
  turns.ended += notifications.length;
  return notifications.length;
}

function sent(attemptId: number): AttemptEnd {
  return { attemptId, outcome: 'sent', detail: 'ok', state: 'sent', exhausted: [], reason: null };
}
