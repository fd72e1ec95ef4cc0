import type { Tone } from '../../../model/activity.ts';
import type { SlackEvent } from './event.ts';

/** What is particular to one event; `activityOf` (../normalise.ts) says the rest. */
export interface Told {
  readonly kind: 'told';
  readonly headline: string;
  /** As in Activity, for whoever is known by name. */
  readonly did?: string | null;
  readonly tone?: Tone;
  readonly noun: string;
  readonly title: string;
  /** A page of its own; without one the channel is linked. */
  readonly url?: string | null;
  /** Whose doing it is: an id, or what holds a profile. */
  readonly by?: unknown;
  readonly excerpt?: string | null;
  readonly facts?: readonly (string | null)[];
  /** The message that a conversation began with. */
  readonly thread?: string | null;
}

export interface Skipped {
  readonly kind: 'skip';
  readonly reason: string;
}

export type Family = (event: SlackEvent) => Told | Skipped;

export function skip(reason: string): Skipped {
  return { kind: 'skip', reason };
}
