import { splitName } from '../../../model/kind.ts';
import type { HookOwner } from '../../../model/recovery.ts';
import type { Rule } from '../../../model/rule.ts';
import { eventOf } from '../events.ts';

export interface NeededEvents {
  /** GitHub's names, sorted: what the rules need and such a webhook can give; `*` alone is all of them. Never empty. */
  readonly events: readonly string[];
  /** What the rules need and such a webhook cannot give, each with where it is to be had. */
  readonly missing: readonly { readonly event: string; readonly instead: string }[];
}

/**
 * The GitHub events that rules need. A rule's `pull_request: [merged]`, or `pull_request.merged`, is GitHub's `pull_request`, and `*` is GitHub's own
 * word for every event; `ping` comes unasked. A name that GitHub's rows do not have is another provider's, or too new: GitHub
 * refuses a webhook whole for one name that it does not know. Rules that need nothing GitHub sends here still take `push`: a
 * webhook must have one.
 */
export function neededEvents(rules: readonly Rule[], kind: HookOwner['kind']): NeededEvents {
  const named = new Set(rules.flatMap(({ on }) => [...on.keys()].flatMap((name) => [name, splitName(name).type])));
  const all = [...named].filter((type) => type === '*' || (type !== 'ping' && eventOf(type) !== undefined)).toSorted();
  const isMissing = (event: string) => {
    const heardBy = eventOf(event)?.heardBy;
    return heardBy === 'app' || (heardBy === 'organisation' && kind === 'repository');
  };
  const given = all.filter((event) => !isMissing(event));
  const events = given.includes('*') ? ['*'] : given;
  return {
    events: events.length > 0 ? events : ['push'],
    missing: all.filter(isMissing).map((event) => ({
      event,
      instead: eventOf(event)?.heardBy === 'organisation' ? "an organisation's webhook" : 'a GitHub App',
    })),
  };
}
