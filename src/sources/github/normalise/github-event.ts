import type { EventEntry } from '../../../model/event-catalog.ts';
import type { Payload } from '../../../shared/payload.ts';
import type { Family } from './family.ts';

/** All that is known of one type of event, https://docs.github.com/en/webhooks/webhook-events-and-payloads. */
export interface GithubEvent extends EventEntry {
  /** Null: none of it is ever told. */
  readonly normalise: Family | null;
  readonly shape: Shape;
  /**
   * "Availability" in GitHub's documentation, where it is not every webhook: an organisation's only, or a GitHub App's (or an
   * account's own page). Absent: any webhook of a repository or an organisation.
   */
  readonly heardBy?: 'organisation' | 'app';
  /** The action of a payload that names none, as far as the rest says it. Absent: the only one there is. */
  readonly actionOf?: (payload: Payload) => string;
  /** Where a payload without a sender names who did it, by action; `''`: without one. */
  readonly doneBy?: Readonly<Record<string, string>>;
}

/**
 * What tells one event's payload from another's, in top-level fields, words with spaces between them. From GitHub's published
 * payloads and types (@octokit/webhooks-examples); the ids that only GitHub writes where there is no other field.
 */
export interface Shape {
  /** It always has these: a field, or one inside it (`alert.rule`). */
  readonly has: string;
  /** It may have these, besides what every payload may have. */
  readonly may?: string;
  /** It never has these, though others may: an organisation's own news names no repository. */
  readonly lacks?: string;
  /** Fields alone do not tell it: only its actions, or having none, do. */
  readonly byAction?: true;
}

/** As what to write in place of a word that is no action. */
export function called(action: string): string {
  return `is what GitHub calls ${action}: write ${action}.`;
}
