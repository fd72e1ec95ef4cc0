import { githubAppAuthorization, installationTarget } from './administration/app-account.ts';
import { customProperty, customPropertyValues } from './administration/custom-property.ts';
import { installation, installationRepositories } from './administration/installation.ts';
import { marketplacePurchase } from './administration/marketplace-purchase.ts';
import { member, membership } from './administration/member.ts';
import { meta } from './administration/meta.ts';
import { organization, orgBlock } from './administration/organization.ts';
import { repository, repositoryImport } from './administration/repository.ts';
import { sponsorship } from './administration/sponsorship.ts';
import { fork, star } from './administration/stars.ts';
import { team, teamAdd } from './administration/team.ts';
import { checkRun } from './code/check-run.ts';
import { checkSuite } from './code/check-suite.ts';
import { commitComment } from './code/commit-comment.ts';
import { deployment, deploymentStatus } from './code/deployment.ts';
import { deploymentProtectionRule, deploymentReview } from './code/deployment-review.ts';
import { repositoryDispatch, workflowDispatch } from './code/dispatch.ts';
import { mergeGroup } from './code/merge-group.ts';
import { packages } from './code/package.ts';
import { pageBuild } from './code/page-build.ts';
import { push } from './code/push.ts';
import { create, remove } from './code/refs.ts';
import { release } from './code/release.ts';
import { status } from './code/status.ts';
import { gollum } from './code/wiki.ts';
import { workflowJob } from './code/workflow-job.ts';
import { workflowRun } from './code/workflow-run.ts';
import { issueComment } from './conversation/comments.ts';
import { discussion, discussionComment } from './conversation/discussion.ts';
import { issueDependencies, issueRelatesTo, subIssues } from './conversation/issue-relations.ts';
import { issues } from './conversation/issues.ts';
import { pullRequest } from './conversation/pull-request.ts';
import { pullRequestReview } from './conversation/pull-request-review.ts';
import { pullRequestReviewComment } from './conversation/review-comment.ts';
import { pullRequestReviewThread } from './conversation/review-thread.ts';
import { project, projectCard, projectColumn } from './planning/classic-project.ts';
import { label } from './planning/label.ts';
import { milestone } from './planning/milestone.ts';
import { projectsV2 } from './planning/projects-v2.ts';
import { projectsV2Item } from './planning/projects-v2-item.ts';
import { projectsV2StatusUpdate } from './planning/projects-v2-status-update.ts';
import { repositoryAdvisory, securityAdvisory } from './security/advisories.ts';
import { branchProtectionConfiguration, branchProtectionRule } from './security/branch-protection.ts';
import { codeScanningAlert } from './security/code-scanning-alert.ts';
import { dependabotAlert } from './security/dependabot-alert.ts';
import { deployKey } from './security/deploy-key.ts';
import { personalAccessTokenRequest } from './security/personal-access-token-request.ts';
import { repositoryRuleset } from './security/repository-ruleset.ts';
import { secretScanningAlertLocation, secretScanningScan } from './security/secret-scanning.ts';
import { secretScanningAlert } from './security/secret-scanning-alert.ts';
import { securityAndAnalysis } from './security/security-and-analysis.ts';
import type { Family } from './verdict.ts';

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
