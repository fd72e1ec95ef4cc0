import { repositoryAdvisory, securityAdvisory } from './advisories.ts';
import { githubAppAuthorization, installationTarget } from './app-account.ts';
import { branchProtectionConfiguration, branchProtectionRule } from './branch-protection.ts';
import { checkRun } from './check-run.ts';
import { checkSuite } from './check-suite.ts';
import { project, projectCard, projectColumn } from './classic-project.ts';
import { codeScanningAlert } from './code-scanning-alert.ts';
import { issueComment } from './comments.ts';
import { commitComment } from './commit-comment.ts';
import { customProperty, customPropertyValues } from './custom-property.ts';
import { dependabotAlert } from './dependabot-alert.ts';
import { deployKey } from './deploy-key.ts';
import { deployment, deploymentStatus } from './deployment.ts';
import { deploymentProtectionRule, deploymentReview } from './deployment-review.ts';
import { discussion, discussionComment } from './discussion.ts';
import { repositoryDispatch, workflowDispatch } from './dispatch.ts';
import { installation, installationRepositories } from './installation.ts';
import { issueDependencies, issueRelatesTo, subIssues } from './issue-relations.ts';
import { issues } from './issues.ts';
import { label } from './label.ts';
import { marketplacePurchase } from './marketplace-purchase.ts';
import { member, membership } from './member.ts';
import { mergeGroup } from './merge-group.ts';
import { meta } from './meta.ts';
import { milestone } from './milestone.ts';
import { organization, orgBlock } from './organization.ts';
import { packages } from './package.ts';
import { pageBuild } from './page-build.ts';
import { personalAccessTokenRequest } from './personal-access-token-request.ts';
import { projectsV2 } from './projects-v2.ts';
import { projectsV2Item } from './projects-v2-item.ts';
import { projectsV2StatusUpdate } from './projects-v2-status-update.ts';
import { pullRequest } from './pull-request.ts';
import { pullRequestReview } from './pull-request-review.ts';
import { push } from './push.ts';
import { create, remove } from './refs.ts';
import { release } from './release.ts';
import { repository, repositoryImport } from './repository.ts';
import { repositoryRuleset } from './repository-ruleset.ts';
import { pullRequestReviewComment } from './review-comment.ts';
import { pullRequestReviewThread } from './review-thread.ts';
import { secretScanningAlertLocation, secretScanningScan } from './secret-scanning.ts';
import { secretScanningAlert } from './secret-scanning-alert.ts';
import { securityAndAnalysis } from './security-and-analysis.ts';
import { sponsorship } from './sponsorship.ts';
import { fork, star } from './stars.ts';
import { status } from './status.ts';
import { team, teamAdd } from './team.ts';
import type { Family } from './verdict.ts';
import { gollum } from './wiki.ts';
import { workflowJob } from './workflow-job.ts';
import { workflowRun } from './workflow-run.ts';

/** `X-GitHub-Event` → who tells it. A new family is a file beside this one and a line here. */
export const FAMILIES: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['branch_protection_configuration', branchProtectionConfiguration],
  ['branch_protection_rule', branchProtectionRule],
  ['check_run', checkRun],
  ['check_suite', checkSuite],
  ['code_scanning_alert', codeScanningAlert],
  ['commit_comment', commitComment],
  ['create', create],
  ['custom_property', customProperty],
  ['custom_property_values', customPropertyValues],
  ['delete', remove],
  ['dependabot_alert', dependabotAlert],
  ['deploy_key', deployKey],
  ['deployment', deployment],
  ['deployment_protection_rule', deploymentProtectionRule],
  ['deployment_review', deploymentReview],
  ['deployment_status', deploymentStatus],
  ['discussion', discussion],
  ['discussion_comment', discussionComment],
  ['fork', fork],
  ['github_app_authorization', githubAppAuthorization],
  ['gollum', gollum],
  ['installation', installation],
  ['installation_repositories', installationRepositories],
  ['installation_target', installationTarget],
  ['issue_comment', issueComment],
  ['issue_dependencies', issueDependencies],
  ['issue_relates_to', issueRelatesTo],
  ['issues', issues],
  ['label', label],
  ['marketplace_purchase', marketplacePurchase],
  ['member', member],
  ['membership', membership],
  ['merge_group', mergeGroup],
  ['meta', meta],
  ['milestone', milestone],
  ['org_block', orgBlock],
  ['organization', organization],
  ['package', packages],
  ['page_build', pageBuild],
  ['personal_access_token_request', personalAccessTokenRequest],
  ['project', project],
  ['project_card', projectCard],
  ['project_column', projectColumn],
  ['projects_v2', projectsV2],
  ['projects_v2_item', projectsV2Item],
  ['projects_v2_status_update', projectsV2StatusUpdate],
  ['pull_request', pullRequest],
  ['pull_request_review', pullRequestReview],
  ['pull_request_review_comment', pullRequestReviewComment],
  ['pull_request_review_thread', pullRequestReviewThread],
  ['push', push],
  ['release', release],
  ['repository', repository],
  ['repository_advisory', repositoryAdvisory],
  ['repository_dispatch', repositoryDispatch],
  ['repository_import', repositoryImport],
  ['repository_ruleset', repositoryRuleset],
  ['secret_scanning_alert', secretScanningAlert],
  ['secret_scanning_alert_location', secretScanningAlertLocation],
  ['secret_scanning_scan', secretScanningScan],
  ['security_advisory', securityAdvisory],
  ['security_and_analysis', securityAndAnalysis],
  ['sponsorship', sponsorship],
  ['star', star],
  ['status', status],
  ['sub_issues', subIssues],
  ['team', team],
  ['team_add', teamAdd],
  ['workflow_dispatch', workflowDispatch],
  ['workflow_job', workflowJob],
  ['workflow_run', workflowRun],
]);
