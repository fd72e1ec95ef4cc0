import { ADMINISTRATION_EVENTS } from './normalise/administration/events.ts';
import { CODE_EVENTS } from './normalise/code/events.ts';
import { CONVERSATION_EVENTS } from './normalise/conversation/events.ts';
import type { GithubEvent } from './normalise/github-event.ts';
import { PLANNING_EVENTS } from './normalise/planning/events.ts';
import { SECURITY_EVENTS } from './normalise/security/events.ts';

/**
 * `X-GitHub-Event` → all that is known of it, by name. Actions are GitHub's, and `pull_request.merged`, which Tidings tells
 * apart from `closed`.
 */
export const EVENTS: Readonly<Record<string, GithubEvent>> = Object.fromEntries(
  Object.entries<GithubEvent>({
    ...ADMINISTRATION_EVENTS,
    ...CODE_EVENTS,
    ...CONVERSATION_EVENTS,
    ...PLANNING_EVENTS,
    ...SECURITY_EVENTS,
  }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
);

/** Undefined: GitHub invented it after this program was written. */
export function eventOf(type: string): GithubEvent | undefined {
  return Object.hasOwn(EVENTS, type) ? EVENTS[type] : undefined;
}
