/** Where the stages say what they did, for metrics. Labels never carry repositories, people or ids. */
export interface Telemetry {
  received(source: string, result: ReceivedResult): void;
  /** Which secret verified, from 1: an old one that is no longer counted can be removed. */
  verified(source: string, secretNo: number): void;
  appended(seconds: number): void;
  expanded(state: string): void;
  /** Whether a source that listens is connected, by this worker. Null: it is not this worker's any more. */
  listening(source: string, isConnected: boolean | null): void;
  attempted(destination: string, outcome: string, seconds: number): void;
  /** From the last byte received to the destination's yes. */
  told(destination: string, seconds: number, count: number): void;
  /** Notifications whose answer was lost and that are told again: perhaps twice. */
  uncertain(destination: string, count: number): void;
  /** A card was posted or edited, or a try to do so was in vain. */
  showedCard(destination: string, result: CardResult): void;
  /** Notifications whose answer was lost and that were looked for where they may have arrived; a card is one. */
  settled(destination: string, result: SettledResult, count: number): void;
  /** What outlived its term, or went early for want of room. */
  pruned(kind: PrunedKind, count: number): void;
}

const nothing = (): void => undefined;

/** For who has no metrics. */
export const UNCOUNTED: Telemetry = {
  received: nothing,
  verified: nothing,
  appended: nothing,
  expanded: nothing,
  listening: nothing,
  attempted: nothing,
  told: nothing,
  uncertain: nothing,
  showedCard: nothing,
  settled: nothing,
  pruned: nothing,
};

export type CardResult = 'posted' | 'edited' | 'not_shown';

/** As `Settlement`. */
export type SettledResult = 'sent' | 'absent' | 'unknowable';

/** `leftovers`: results and receipts of events that are gone. */
export type PrunedKind = 'bodies' | 'events' | 'attempts' | 'leftovers';

export const RECEIVED_RESULTS = [
  'accepted',
  'duplicate',
  'handshake',
  'refused',
  'unknown_source',
  'bad_request',
  'too_large',
  'unsupported',
  'overloaded',
  'not_now',
  'unavailable',
  'aborted',
] as const;
export type ReceivedResult = (typeof RECEIVED_RESULTS)[number];
