import type { GithubEvent } from '../github-event.ts';
import { repositoryAdvisory, securityAdvisory } from './advisories.ts';
import { branchProtectionConfiguration, branchProtectionRule } from './branch-protection.ts';
import { codeScanningAlert } from './code-scanning-alert.ts';
import { dependabotAlert } from './dependabot-alert.ts';
import { deployKey } from './deploy-key.ts';
import { personalAccessTokenRequest } from './personal-access-token-request.ts';
import { repositoryRuleset } from './repository-ruleset.ts';
import { secretScanningAlertLocation, secretScanningScan } from './secret-scanning.ts';
import { secretScanningAlert } from './secret-scanning-alert.ts';
import { securityAndAnalysis } from './security-and-analysis.ts';

export const SECURITY_EVENTS = {
  branch_protection_configuration: {
    normalise: branchProtectionConfiguration,
    actions: {
      disabled: 'told',
      enabled: 'told',
    },
    facets: [],
    shape: { has: 'repository.id', byAction: true },
  },
  branch_protection_rule: {
    normalise: branchProtectionRule,
    actions: {
      created: 'told',
      deleted: 'told',
      edited: 'told',
    },
    facets: ['branch'],
    shape: { has: 'rule' },
  },
  code_scanning_alert: {
    normalise: codeScanningAlert,
    actions: {
      appeared_in_branch: { minor: 'every new branch repeats the alerts of the one it comes from' },
      closed_by_user: 'told',
      created: 'told',
      fixed: 'told',
      reopened: 'told',
      reopened_by_user: 'told',
      updated_assignment: { minor: 'it changes who looks at it, not what is wrong' },
    },
    facets: ['branch', 'paths', 'severity', 'assignees'],
    shape: { has: 'alert.rule commit_oid', may: 'ref' },
  },
  dependabot_alert: {
    normalise: dependabotAlert,
    actions: {
      assignees_changed: { minor: 'it changes who looks at it, not what is wrong' },
      auto_dismissed: { minor: 'a rule decided that nobody needs to look' },
      auto_reopened: 'told',
      created: 'told',
      dismissed: 'told',
      fixed: 'told',
      reintroduced: 'told',
      reopened: 'told',
    },
    facets: ['severity', 'assignees'],
    shape: { has: 'alert.security_advisory' },
  },
  deploy_key: {
    normalise: deployKey,
    actions: {
      created: 'told',
      deleted: 'told',
    },
    facets: [],
    shape: { has: 'key' },
  },
  personal_access_token_request: {
    normalise: personalAccessTokenRequest,
    actions: {
      approved: 'told',
      cancelled: 'told',
      created: 'told',
      denied: 'told',
    },
    facets: ['author'],
    shape: { has: 'personal_access_token_request' },
    heardBy: 'organisation',
  },
  repository_advisory: {
    normalise: repositoryAdvisory,
    actions: {
      published: 'told',
      reported: 'told',
    },
    facets: ['severity'],
    shape: { has: 'repository_advisory' },
  },
  repository_ruleset: {
    normalise: repositoryRuleset,
    actions: {
      created: 'told',
      deleted: 'told',
      edited: 'told',
    },
    facets: [],
    shape: { has: 'repository_ruleset' },
  },
  repository_vulnerability_alert: {
    normalise: null,
    actions: {
      create: { never: 'dependabot_alert.created tells the same' },
      dismiss: { never: 'dependabot_alert.dismissed tells the same' },
      reopen: { never: 'dependabot_alert.reopened tells the same' },
      resolve: { never: 'dependabot_alert.fixed tells the same' },
    },
    facets: [],
    shape: { has: 'alert.affected_package_name' },
  },
  secret_scanning_alert: {
    normalise: secretScanningAlert,
    actions: {
      assigned: { minor: 'it changes who looks at it, not what is wrong' },
      created: 'told',
      metadata_created: { minor: 'details that GitHub finds out, after the alert itself' },
      metadata_removed: { minor: 'details that GitHub finds out, after the alert itself' },
      publicly_leaked: 'told',
      reopened: 'told',
      resolved: 'told',
      unassigned: { minor: 'it changes who looks at it, not what is wrong' },
      validated: 'told',
    },
    facets: ['severity', 'assignees'],
    shape: { has: 'alert.secret_type', may: 'assignee' },
  },
  secret_scanning_alert_location: {
    normalise: secretScanningAlertLocation,
    actions: {
      created: { minor: 'the alert tells of the secret; one comes for every place where it stands' },
    },
    facets: ['severity'],
    shape: { has: 'alert location' },
  },
  secret_scanning_scan: {
    normalise: secretScanningScan,
    actions: { completed: { minor: 'what a scan finds comes as alerts' } },
    facets: [],
    shape: { has: 'secret_types started_at', may: 'type source completed_at custom_pattern_name custom_pattern_scope' },
  },
  security_advisory: {
    normalise: securityAdvisory,
    actions: {
      published: 'told',
      updated: { minor: 'GitHub corrects many of them a day' },
      withdrawn: 'told',
    },
    facets: ['severity'],
    shape: { has: 'security_advisory' },
    heardBy: 'app',
  },
  security_and_analysis: {
    normalise: securityAndAnalysis,
    actions: { '': 'told' },
    facets: [],
    shape: { has: 'repository.id changes.from', byAction: true },
  },
} as const satisfies Readonly<Record<string, GithubEvent>>;
