import type { TestSent } from '../../http/api/answers/lanes.ts';
import type { Caller } from '../../http/api/route.ts';
import { AccountTurn } from '../../jobs/account-turn.ts';
import type { Destination, Message, Outcome } from '../../model/destination.ts';
import { activity } from '../../model/new-activity.ts';
import { OWN_SOURCE } from '../../model/reminder.ts';
import { redactAll } from '../../shared/secrets/redact.ts';
import { openDestinations } from '../build.ts';
import type { SystemParts } from './system-parts.ts';

type TestParts = Pick<SystemParts, 'config' | 'surroundings' | 'inbox' | 'clock' | 'log'>;

const SEND_MS = 15_000;
/** So long it waits for its turn, where others share its account. */
const TURN_MS = 5_000;

const TEXT = 'This is a test message from Tidings';

/**
 * Through a destination as it is configured, opened for this alone, so that nothing of what a worker sends is touched. Its pace is the
 * caller's to keep; its account's is kept here. Null: there is no such destination, or its settings are not known here.
 */
export async function sendTest(name: string, by: Caller, parts: TestParts): Promise<TestSent | null> {
  const { config, surroundings, inbox, clock, log } = parts;
  const [destination] = await openDestinations(config(), surroundings, inbox, name);
  if (destination === undefined) return null;
  const began = clock.monotonic();
  const outcome = redactAll(await outcomeOf(destination, messageFor(destination, by, clock.now()), parts));
  const tookMs = Math.round(clock.monotonic() - began);
  try {
    await destination[Symbol.asyncDispose]();
  } catch (error) {
    // Safe to go on: it was opened for this alone.
    log.debug({ err: error, destination: name }, 'could not be closed after a test message');
  }
  return { outcome: outcome.kind, says: wordsOf(name, outcome), took_ms: tookMs };
}

async function outcomeOf(
  destination: Destination,
  message: Message,
  { inbox, clock, log }: Pick<TestParts, 'inbox' | 'clock' | 'log'>,
): Promise<Outcome> {
  const { account } = destination;
  const turn = account && new AccountTurn({ inbox, clock }, account);
  if (turn !== undefined && !(await isTurn(turn, clock))) {
    return { kind: 'retry', reason: 'others that share its account are being told: try again soon' };
  }
  const signal = AbortSignal.timeout(SEND_MS);
  try {
    const outcome = await destination.send(message, { signal, earlier: null, stored: async () => null });
    await turn?.heed([{ outcome }]);
    return outcome;
  } catch (error) {
    log.error({ err: error, destination: destination.name }, 'destination threw at a test message');
    const what = error instanceof Error ? error.message : String(error);
    return { kind: 'rejected', reason: `bug in the ${destination.type} destination: ${what}` };
  }
}

async function isTurn(turn: AccountTurn, clock: TestParts['clock']): Promise<boolean> {
  if ((await turn.take(1)) > 0) return true;
  if (turn.waitMs > TURN_MS) return false;
  await new Promise<void>((resolve) => void clock.after(Math.max(0, turn.waitMs), resolve));
  return (await turn.take(1)) > 0;
}

function messageFor({ name }: Destination, { who }: Caller, now: number): Message {
  const said = activity({
    kind: 'tidings.test',
    type: 'tidings',
    action: 'test',
    source: OWN_SOURCE,
    actor: null,
    subject: null,
    headline: TEXT,
    tone: 'neutral',
    occurredAt: now,
    facts: [`asked for by ${who}`],
    dedupKey: `tidings test ${name} ${now}`,
  });
  return {
    kind: 'single',
    notification: {
      // Nobody has it: where messages are known by their ids, this one is no repetition.
      id: now,
      eventId: now,
      destination: name,
      rule: 'test message',
      activity: said,
      transition: null,
      mentions: [],
      tries: 0,
      isReplay: false,
      receivedAt: now,
      storedAt: now,
      maybeToldBy: null,
    },
  };
}

function wordsOf(name: string, outcome: Outcome): string {
  switch (outcome.kind) {
    case 'sent':
      return `It has arrived at ${name} (${outcome.answer}).`;
    case 'retry':
      return `Not sent: ${outcome.reason}.`;
    case 'rejected':
      return `${name} does not take it: ${outcome.reason}.`;
    case 'broken':
      return `Nothing can arrive at ${name}: ${outcome.reason}.`;
    case 'unknown':
      return `It may have arrived: ${outcome.reason}.`;
  }
}
