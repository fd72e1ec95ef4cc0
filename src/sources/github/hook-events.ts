import type { HookOwner } from '../../model/recovery.ts';
import type { Rule } from '../../model/rule.ts';

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** "Availability" in https://docs.github.com/en/webhooks/webhook-events-and-payloads: what only an organisation's webhook hears of. */
const ORGANISATIONS_ONLY = set(
  'custom_property custom_property_values membership org_block organization personal_access_token_request projects_v2 projects_v2_item projects_v2_status_update team',
);
/** What is sent to GitHub Apps, or to an account's own page, and to neither of the two. */
const NOT_BY_WEBHOOK = set(
  'deployment_protection_rule deployment_review github_app_authorization installation installation_repositories installation_target marketplace_purchase repository_dispatch security_advisory sponsorship workflow_dispatch',
);

export interface NeededEvents {
  /** GitHub's names, sorted: what the rules need and such a webhook can give; `*` alone is all of them. Never empty. */
  readonly events: readonly string[];
  /** What the rules need and such a webhook cannot give, each with where it is to be had. */
  readonly missing: readonly { readonly event: string; readonly instead: string }[];
}

/**
 * The GitHub events that rules need. A rule's `pull_request: [merged]` is GitHub's `pull_request`, and `*` is GitHub's own
 * word for every event; `ping` comes unasked. Rules that need nothing GitHub sends here still take `push`: a webhook must
 * have one.
 */
export function neededEvents(rules: readonly Rule[], kind: HookOwner['kind']): NeededEvents {
  const all = [...new Set(rules.flatMap(({ on }) => [...on.keys()]))].filter((type) => type !== 'ping').toSorted();
  const isMissing = (event: string) =>
    NOT_BY_WEBHOOK.has(event) || (kind === 'repository' && ORGANISATIONS_ONLY.has(event));
  const given = all.filter((event) => !isMissing(event));
  const events = given.includes('*') ? ['*'] : given;
  return {
    events: events.length > 0 ? events : ['push'],
    missing: all.filter(isMissing).map((event) => ({
      event,
      instead: ORGANISATIONS_ONLY.has(event) ? "an organisation's webhook" : 'a GitHub App',
    })),
  };
}
