import type { Clock } from '../shared/clock.ts';
import type { Random } from '../shared/ids.ts';
import type { Logger } from '../shared/log.ts';
import type { NewEvent } from './event.ts';

/** What a provider said over a connection that a source has opened. `headers`: only the source's `storedHeaders`. */
export type HeardEvent = Pick<NewEvent, 'deliveryId' | 'guid' | 'type' | 'headers' | 'body'>;

/**
 * connected  what happens is heard
 * trying     it is not, and is tried again soon
 * stopped    it is not until somebody does something; it is tried again rarely
 *
 * Reasons are for people, and hold no secrets.
 */
export type Standing =
  | { readonly kind: 'connected' }
  | { readonly kind: 'trying' | 'stopped'; readonly reason: string };

/** What a source that listens is given. */
export interface ListenContext {
  /**
   * Resolves after the commit; never rejects. `unavailable`: it is not stored, and whoever sent it must not hear that it is, so that
   * it comes again.
   */
  keep(event: HeardEvent): Promise<'accepted' | 'duplicate' | 'unavailable'>;
  /** Said whenever it changes, and as often as one likes. */
  stands(standing: Standing): void;
  /** Raised when this is over: what is in hand is finished within two seconds, and nothing new is begun. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}
