import type { Message, SettleContext, Settlement } from '../model/destination.ts';
import { redactAll } from '../shared/secrets/redact.ts';
import { limitsOf } from './attempt.ts';
import type { HeldLane } from './held-lane.ts';

/** A message that is about to go. */
export interface Settled {
  readonly message: Message;
  /** What became of its earlier tries. Null: none of them is in doubt, or its destination cannot be asked. */
  readonly settlement: Settlement | null;
}

const LATE: Settlement = { kind: 'retry', reason: 'not told again: it took too long to look whether it had arrived' };

/** Of how many notifications something tells, and whether somebody wants it told whatever became of it. */
interface Doubtful {
  readonly count: number;
  readonly isWanted?: boolean;
}

/** Asks what became of something, and says what was found. Never throws. */
export async function settlementOf(
  { context, destination, owned }: HeldLane,
  { count, isWanted = false }: Doubtful,
  ask: (given: Pick<SettleContext, 'signal'>) => Promise<Settlement | undefined>,
): Promise<Settlement> {
  const { log, telemetry } = context;
  const limits = limitsOf(context, owned);
  let settlement: Settlement;
  try {
    const answer = await Promise.race([ask({ signal: limits.signal }), limits.overdue.then(() => LATE)]);
    settlement = redactAll(answer ?? { kind: 'unknowable', reason: 'it cannot be looked up there' });
  } catch (error) {
    // A destination answers for the network. Safe to go on: then it is told as where nothing can be looked up.
    log.error({ err: error, destination: destination.name }, 'destination threw while looking for a message');
    settlement = { kind: 'unknowable', reason: `a bug in the ${destination.type} destination` };
  } finally {
    limits.drop();
  }
  if (settlement.kind === 'retry') return settlement;
  telemetry.settled(destination.name, settlement.kind, count);
  const fields = { destination: destination.name, size: count, settled: settlement.kind };
  if (settlement.kind !== 'unknowable') log.info(fields, SAID[settlement.kind]);
  else {
    const isTold = isWanted || destination.onUnknown === 'resend';
    if (isTold) telemetry.uncertain(destination.name, count);
    const then = isTold ? 'telling again, perhaps twice' : 'held as unknown';
    log.warn({ ...fields, reason: settlement.reason }, `nobody can say whether it had arrived; ${then}`);
  }
  return settlement;
}

const SAID = {
  sent: 'its answer was lost, and it had arrived: not told again',
  absent: 'its answer was lost, and it had not arrived: telling again',
} as const;
