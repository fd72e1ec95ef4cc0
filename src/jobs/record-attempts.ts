import { carried } from '../model/carried.ts';
import type { Destination, Outcome } from '../model/destination.ts';
import type { JobContext } from './context.ts';
import type { Attempted, Judgement } from './judge.ts';

/** How many ids one log line names. */
const IDS_SHOWN = 5;

/** Says what became of each attempt: one structured log line with everything in it, and the metrics. */
export function recordAttempts(
  { log, telemetry }: Pick<JobContext, 'log' | 'telemetry'>,
  destination: Destination,
  attempts: readonly Attempted[],
  { ends, next }: Judgement,
): void {
  for (const [index, { attemptId, message, outcome, endedAt, durationMs }] of attempts.entries()) {
    const notifications = carried(message);
    const end = ends[index];
    telemetry.attempted(destination.name, outcome.kind, durationMs / 1000);
    if (outcome.kind === 'sent') {
      for (const { isReplay, receivedAt } of notifications) {
        // The age of a replayed event says nothing about our speed.
        if (!isReplay) telemetry.told(destination.name, Math.max(0, endedAt - receivedAt) / 1000, 1);
      }
    }
    // What can be looked up is counted when it was.
    if (outcome.kind === 'unknown' && end?.state === 'queued' && destination.settle === undefined) {
      telemetry.uncertain(destination.name, notifications.length);
    }
    log[levelOf(destination, outcome)](
      {
        destination: destination.name,
        attempt: attemptId,
        outcome: outcome.kind,
        state: end?.state,
        detail: end?.detail,
        dead: end?.state === 'dead' ? notifications.length : end?.exhausted.length,
        size: notifications.length,
        tries: Math.max(...notifications.map(({ tries }) => tries)) + 1,
        says: destination.describe(message),
        notifications: notifications.slice(0, IDS_SHOWN).map(({ id }) => id),
        events: notifications.slice(0, IDS_SHOWN).map(({ eventId }) => eventId),
        ms: Math.round(durationMs),
        receivedToEndMs: endedAt - Math.min(...notifications.map(({ receivedAt }) => receivedAt)),
        pauseMs: next.notBefore - endedAt,
        failures: next.failures,
      },
      outcome.kind === 'sent' ? 'told' : 'not told',
    );
  }
}

/** A card on the screen says itself that it was told; a line below each would only hide them. */
function levelOf({ type }: Destination, { kind }: Outcome): 'debug' | 'info' | 'warn' {
  if (kind !== 'sent') return 'warn';
  return type === 'console' ? 'debug' : 'info';
}
