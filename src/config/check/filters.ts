import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { CONCLUSIONS, MEANT_CONCLUSIONS } from './conclusions.ts';
import { nearest, shown } from './did-you-mean.ts';
import { eventsAt } from './written.ts';

// Which filter can never hold for which event, by what GitHub's payloads hold. A filter that does not fit is a rule that
// never matches and never says why; so what is certain is an error, and what is not is let pass.

// Both may be about a pull request, which has files.
const ISSUES = 'issues issue_comment';
const TALK = 'issue_dependencies issue_relates_to sub_issues discussion discussion_comment label milestone';
const ACCOUNTS =
  'star watch member membership organization org_block team team_add sponsorship github_app_authorization installation installation_repositories installation_target marketplace_purchase personal_access_token_request';
const PLACES =
  'fork repository public ping meta project project_card project_column projects_v2 projects_v2_item projects_v2_status_update';
const REVIEWS = 'pull_request pull_request_review_comment pull_request_review_thread';
const REFS = 'push create delete release';
const RUNS = 'workflow_run workflow_job check_run check_suite deployment deployment_status status';
const ALERTS = 'dependabot_alert security_advisory repository_vulnerability_alert';

interface Fit {
  /** What such an event has not. */
  readonly noun: string;
  readonly never: ReadonlySet<string>;
  /** Where it belongs, for the person who looked for it. */
  readonly fits: string;
}

const FITS: Readonly<Record<string, Fit>> = {
  branches: fit('branch', [ISSUES, TALK, ACCOUNTS, PLACES, ALERTS], 'pull_request, push or workflow_run'),
  tags: fit('tag', [ISSUES, TALK, ACCOUNTS, PLACES, ALERTS, REVIEWS], 'push, create, delete or release'),
  paths: fit('changed files', [TALK, ACCOUNTS, PLACES], 'push or pull_request'),
  conclusion: fit(
    'conclusion',
    [ISSUES, TALK, ACCOUNTS, PLACES, ALERTS, REVIEWS, REFS],
    'workflow_run, check_run or status',
  ),
  transition: fit(
    'result',
    [ISSUES, TALK, ACCOUNTS, PLACES, ALERTS, REVIEWS, REFS],
    'workflow_run, check_run or status',
  ),
  severity: fit(
    'severity',
    [ISSUES, TALK, ACCOUNTS, PLACES, REVIEWS, REFS, RUNS],
    'dependabot_alert or code_scanning_alert',
  ),
};

/** Such an event never has what the filter asks for. */
export function neverHas(type: string, filter: string): boolean {
  return FITS[filter]?.never.has(type) ?? false;
}

function fit(noun: string, never: readonly string[], fits: string): Fit {
  return { noun, never: new Set(never.flatMap((names) => names.split(' '))), fits };
}

export function checkFilters(file: ConfigFile, rule: Path): void {
  for (const { type, filter, placeOf, textsOf } of eventsAt(file, rule)) {
    for (const [key, { noun, fits }] of Object.entries(FITS)) {
      if (filter[key] === undefined || !neverHas(type, key)) continue;
      file.report(placeOf(key), `${type} has no ${noun}, so this would never match: ${key} is for ${fits}.`, 'key');
    }
    for (const { text, place } of textsOf('conclusion')) {
      const near = CONCLUSIONS.includes(text) ? undefined : (MEANT_CONCLUSIONS[text] ?? nearest(text, CONCLUSIONS));
      if (near === undefined) continue;
      file.report(place, `${shown(file, place, text)} is not a conclusion. Did you mean "${near}"?`);
    }
  }
}
