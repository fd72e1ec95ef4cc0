import type { Destination, Message, Outcome } from '../model/destination.ts';
import type { AttemptId } from '../model/notification.ts';
import type { JobContext } from './context.ts';
import type { HeldLane } from './held-lane.ts';
import type { Attempted } from './settle.ts';

/** Sends messages whose attempts are recorded, all at once, and says how each ended. Never throws. */
export async function sendAll(
  context: JobContext,
  held: HeldLane,
  destination: Destination,
  messages: readonly Message[],
  attemptIds: readonly AttemptId[],
): Promise<readonly Attempted[]> {
  const { clock } = context;
  const reins = reinsOf(context, held);
  try {
    return await Promise.all(
      messages.map(async (message, index): Promise<Attempted> => {
        const started = clock.monotonic();
        const outcome = await Promise.race([sendOne(context, destination, message, reins.signal), reins.overdue]);
        const attemptId = attemptIds[index];
        if (attemptId === undefined)
          throw new Error(`no attempt was recorded for message ${index} to ${destination.name}`);
        return { attemptId, message, outcome, endedAt: clock.now(), durationMs: clock.monotonic() - started };
      }),
    );
  } finally {
    reins.drop();
  }
}

async function sendOne(
  { log }: JobContext,
  destination: Destination,
  message: Message,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    return await destination.send(message, signal);
  } catch (error) {
    // Destinations answer for the network; what they throw is a bug met by this message, and would be met again.
    log.error({ err: error, destination: destination.name }, 'destination threw');
    const what = error instanceof Error ? error.message : String(error);
    return { kind: 'rejected', reason: `bug in the ${destination.type} destination: ${what}` };
  }
}

/**
 * One signal for a batch of sends: given up when the worker stops for good, when the lease is lost or runs out, and
 * after `sendLimitMs`. `overdue` answers for a send that does not end soon after.
 */
function reinsOf({ clock, timing, shutdown }: JobContext, held: HeldLane) {
  const controller = new AbortController();
  const { promise: overdue, resolve } = Promise.withResolvers<Outcome>();
  const startedAt = clock.monotonic();
  let cancel = () => {};
  const abort = () => {
    if (controller.signal.aborted) return;
    cancel();
    controller.abort();
    const lost = { kind: 'unknown', reason: 'given up; the send did not say how it ended' } as const;
    cancel = clock.after(timing.abortGraceMs, () => resolve(lost));
  };
  const watch = () => {
    const left = Math.min(held.remainingMs(), startedAt + timing.sendLimitMs - clock.monotonic());
    if (left <= 0) abort();
    else cancel = clock.after(left, watch);
  };
  const signals = [shutdown.aborting, held.lost];
  for (const signal of signals) signal.addEventListener('abort', abort);
  if (signals.some((signal) => signal.aborted)) abort();
  else watch();
  const drop = () => {
    cancel();
    for (const signal of signals) signal.removeEventListener('abort', abort);
  };
  return { signal: controller.signal, overdue, drop };
}
