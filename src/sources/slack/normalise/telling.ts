import type { Skip, Told } from '../../../telling/told.ts';
import type { SlackEvent } from './event.ts';

/** What is particular to one event, as all providers say it, but for people: Slack names them by ids. */
export interface SlackTold extends Omit<Told, 'by' | 'facets'> {
  /** Whose doing it is: an id, or what holds a profile. */
  readonly by?: unknown;
  /** The message that a conversation began with. */
  readonly thread?: string | null;
}

export type Family = (event: SlackEvent) => SlackTold | Skip;
