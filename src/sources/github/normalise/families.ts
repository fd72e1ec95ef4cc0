import { repositoryAdvisory, securityAdvisory } from './advisories.ts';
import { githubAppAuthorization, installationTarget } from './app-account.ts';
import { branchProtectionConfiguration, branchProtectionRule } from './branch-protection.ts';
import { codeScanningAlert } from './code-scanning-alert.ts';
import { issueComment, pullRequestReviewComment } from './comments.ts';
import { customProperty, customPropertyValues } from './custom-property.ts';
import { dependabotAlert } from './dependabot-alert.ts';
import { deployKey } from './deploy-key.ts';
import { installation, installationRepositories } from './installation.ts';
import { issues } from './issues.ts';
import { marketplacePurchase } from './marketplace-purchase.ts';
import { member, membership } from './member.ts';
import { meta } from './meta.ts';
import { orgBlock, organization } from './organization.ts';
import { personalAccessTokenRequest } from './personal-access-token-request.ts';
import { pullRequest } from './pull-request.ts';
import { pullRequestReview } from './pull-request-review.ts';
import { push } from './push.ts';
import { create, remove } from './refs.ts';
import { release } from './release.ts';
import { repository, repositoryImport } from './repository.ts';
import { repositoryRuleset } from './repository-ruleset.ts';
import { secretScanningAlertLocation, secretScanningScan } from './secret-scanning.ts';
import { secretScanningAlert } from './secret-scanning-alert.ts';
import { securityAndAnalysis } from './security-and-analysis.ts';
import { sponsorship } from './sponsorship.ts';
import { fork, star } from './stars.ts';
import { team, teamAdd } from './team.ts';
import type { Family } from './verdict.ts';
import { workflowRun } from './workflow-run.ts';

/** `X-GitHub-Event` → who tells it. A new family is a file beside this one and a line here. */
export const FAMILIES: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['branch_protection_configuration', branchProtectionConfiguration],
  ['branch_protection_rule', branchProtectionRule],
  ['code_scanning_alert', codeScanningAlert],
  ['create', create],
  ['custom_property', customProperty],
  ['custom_property_values', customPropertyValues],
  ['delete', remove],
  ['dependabot_alert', dependabotAlert],
  ['deploy_key', deployKey],
  ['fork', fork],
  ['github_app_authorization', githubAppAuthorization],
  ['installation', installation],
  ['installation_repositories', installationRepositories],
  ['installation_target', installationTarget],
  ['issue_comment', issueComment],
  ['issues', issues],
  ['marketplace_purchase', marketplacePurchase],
  ['member', member],
  ['membership', membership],
  ['meta', meta],
  ['org_block', orgBlock],
  ['organization', organization],
  ['personal_access_token_request', personalAccessTokenRequest],
  ['pull_request', pullRequest],
  ['pull_request_review', pullRequestReview],
  ['pull_request_review_comment', pullRequestReviewComment],
  ['push', push],
  ['release', release],
  ['repository', repository],
  ['repository_advisory', repositoryAdvisory],
  ['repository_import', repositoryImport],
  ['repository_ruleset', repositoryRuleset],
  ['secret_scanning_alert', secretScanningAlert],
  ['secret_scanning_alert_location', secretScanningAlertLocation],
  ['secret_scanning_scan', secretScanningScan],
  ['security_advisory', securityAdvisory],
  ['security_and_analysis', securityAndAnalysis],
  ['sponsorship', sponsorship],
  ['star', star],
  ['team', team],
  ['team_add', teamAdd],
  ['workflow_run', workflowRun],
]);
