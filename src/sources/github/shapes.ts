/** What tells one event's payload from another's, in top-level fields. */
export interface Shape {
  /** It always has these: a field, or one inside it (`alert.rule`). */
  readonly has: readonly string[];
  /** It may have these, besides what every payload may have. */
  readonly may: readonly string[];
  /** It never has these, though others may: an organisation's own news names no repository. */
  readonly lacks: readonly string[];
  /** Where fields alone do not tell it: its actions. None: it has no `action`. Null: they do. */
  readonly actions: readonly string[] | null;
}

/** What any payload may have. */
export const AROUND: ReadonlySet<string> = new Set(
  'action changes enterprise installation organization repository sender'.split(' '),
);

/**
 * GitHub's events by the fields they are known by, the ids that only GitHub writes where there is no other: `has !lacks | may | actions`. From GitHub's published payloads and types
 * (@octokit/webhooks-examples, https://docs.github.com/en/webhooks/webhook-events-and-payloads).
 */
export const SHAPES: ReadonlyMap<string, Shape> = new Map(
  Object.entries({
    branch_protection_configuration: 'repository.id | | disabled enabled',
    branch_protection_rule: 'rule',
    check_run: 'check_run | requested_action',
    check_suite: 'check_suite',
    code_scanning_alert: 'alert.rule commit_oid | ref',
    commit_comment: 'comment.commit_id',
    create: 'ref ref_type master_branch | description pusher_type full_ref |',
    custom_property: 'definition',
    custom_property_values: 'new_property_values | old_property_values',
    delete: 'ref ref_type | pusher_type full_ref |',
    dependabot_alert: 'alert.security_advisory',
    deploy_key: 'key',
    deployment: 'deployment | workflow workflow_run',
    deployment_protection_rule: 'deployment environment pull_requests | event sha ref deployment_callback_url',
    deployment_review:
      'workflow_run since | reviewers workflow_job_run workflow_job_runs environment requestor approver comment',
    deployment_status: 'deployment_status deployment | check_run workflow workflow_run',
    discussion: 'discussion | answer label old_answer',
    discussion_comment: 'comment discussion',
    fork: 'forkee | |',
    github_app_authorization: 'sender.id | | revoked',
    gollum: 'pages | |',
    installation:
      'installation.account | repositories requester | created deleted new_permissions_accepted suspend unsuspend',
    installation_repositories: 'repositories_added repositories_removed | repository_selection requester',
    installation_target: 'account target_type',
    issue_comment: 'issue comment',
    issue_dependencies:
      'blocked_issue blocking_issue | blocked_issue_id blocking_issue_id blocked_issue_repo blocking_issue_repo',
    issue_relates_to: 'issue related_issue',
    issues: 'issue | assignee milestone label type issue_field issue_field_value',
    label: 'label',
    marketplace_purchase: 'marketplace_purchase | effective_date previous_marketplace_purchase',
    member: 'member',
    membership: 'member team scope',
    merge_group: 'merge_group | reason',
    meta: 'hook hook_id',
    milestone: 'milestone',
    org_block: 'blocked_user',
    organization:
      'organization.id !repository | membership invitation user | deleted member_added member_invited member_removed renamed',
    package: 'package',
    page_build: 'build | id |',
    personal_access_token_request: 'personal_access_token_request',
    ping: 'zen hook hook_id | |',
    project: 'project',
    project_card: 'project_card',
    project_column: 'project_column',
    projects_v2: 'projects_v2',
    projects_v2_item: 'projects_v2_item',
    projects_v2_status_update: 'projects_v2_status_update',
    public: 'repository.id | |',
    pull_request:
      'pull_request number | assignee label requested_reviewer requested_team before after reason milestone stack',
    pull_request_review: 'pull_request review',
    pull_request_review_comment: 'pull_request comment',
    pull_request_review_thread: 'pull_request thread | updated_at',
    push: 'ref before commits | after created deleted forced base_ref compare head_commit pusher',
    registry_package: 'registry_package',
    release: 'release',
    repository:
      'repository.id | | archived created deleted edited privatized publicized renamed transferred unarchived',
    repository_advisory: 'repository_advisory',
    repository_dispatch: 'client_payload | branch',
    repository_import: 'status | |',
    repository_ruleset: 'repository_ruleset',
    repository_vulnerability_alert: 'alert.affected_package_name',
    secret_scanning_alert: 'alert.secret_type | assignee',
    secret_scanning_alert_location: 'alert location',
    secret_scanning_scan: 'secret_types started_at | type source completed_at custom_pattern_name custom_pattern_scope',
    security_advisory: 'security_advisory',
    security_and_analysis: 'repository.id changes.from | |',
    sponsorship: 'sponsorship | effective_date',
    star: 'starred_at',
    status: 'sha context | id name target_url description state commit branches created_at updated_at avatar_url |',
    sub_issues: 'parent_issue sub_issue | parent_issue_id parent_issue_repo sub_issue_id sub_issue_repo',
    team: 'team | | added_to_repository created deleted edited removed_from_repository',
    team_add: 'team | |',
    watch: 'repository.id | | started',
    workflow_dispatch: 'inputs workflow | ref |',
    workflow_job: 'workflow_job | deployment',
    workflow_run: 'workflow_run workflow',
  } satisfies Record<string, string>).map(([type, text]) => [type, shapeOf(text)]),
);

function shapeOf(text: string): Shape {
  const [has = '', may = '', actions] = text.split('|');
  const own = words(has);
  return {
    has: own.filter((word) => !word.startsWith('!')),
    may: words(may),
    lacks: own.flatMap((word) => (word.startsWith('!') ? word.slice(1) : [])),
    actions: actions === undefined ? null : words(actions),
  };
}

function words(text: string): readonly string[] {
  return text.split(' ').filter((word) => word !== '');
}
