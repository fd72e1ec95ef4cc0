// Written by `npm run reference`: the fields of GitHub's payloads. The objects and lists that hold them stand before the colon;
// the payload itself is *.
export const FIELDS: string = `
*: account action after alert answer approver assignee avatar_url base_ref before blocked_issue blocked_issue_id blocked_issue_repo blocked_user blocking_issue blocking_issue_id branch branches build by changes check_run check_suite client_payload comment commit commit_oid commits compare completed_at context created created_at custom_pattern_name custom_pattern_scope definition deleted deployment deployment_status description discussion effective_date enterprise environment event forced forkee head_commit hook hook_id hooks id inputs installation invitation issue issue_field issue_field_value key label location marketplace_purchase master_branch member membership merge_group milestone name new_property_values number of old_answer old_property_values organization package pages parent_issue parent_issue_id parent_issue_repo personal_access_token_request previous_marketplace_purchase project project_card project_column projects_v2 projects_v2_item projects_v2_status_update public pull_request pull_requests pusher pusher_type reason ref ref_type registry_package related_issue release repositories repositories_added repositories_removed repository repository_advisory repository_ruleset repository_selection requested_action requested_reviewer requested_team requester requestor review reviewers rule rules scope secret_types security_advisory security_analysis sender sha since source sponsorship stack starred_at started_at state status sub_issue sub_issue_id target_type target_url team thread type updated_at user workflow workflow_job workflow_job_run workflow_job_runs workflow_run zen
_links: comments commits html issue pull_request review_comment review_comments self statuses
account: avatar_url created_at description email followers following has_organization_projects has_repository_projects html_url id is_verified login name organization_billing_email public_gists public_repos site_admin slug type updated_at url user_view_type
actor approver assignee assignees creator dismissed_by enabled_by merged_by push_protection_bypassed_by resolved_by sender sponsor sponsorable triggering_actor user: avatar_url email html_url id login name site_admin type url user_view_type
admin_enforced allow_deletions_enforcement_level allow_force_pushes_enforcement_level authorized_actor_names authorized_actors_only authorized_dismissal_actors_only color column_id default_branch description dismiss_stale_reviews_on_push due_on enforcement homepage linear_history_requirement_enforcement_level login name note old_permission privacy privacy_level pull_request_reviews_enforcement_level ref require_code_owner_review required_approving_review_count required_conversation_resolution_level required_deployments_enforcement_level required_status_checks required_status_checks_enforcement_level sha signature_requirement_enforcement_level slug tag_name topics: from
alert: affected_package_name affected_range assigned_to assignees auto_dismissed_at created_at dependency dismiss_reason dismissed_at dismissed_by dismissed_comment dismissed_reason dismisser external_identifier external_reference fix_reason fixed_at fixed_in ghsa_id html_url id instances metadata most_recent_instance multi_repo number publicly_leaked push_protection_bypassed push_protection_bypassed_at push_protection_bypassed_by resolution resolution_comment resolved_at resolved_by rule secret secret_type secret_type_display_name security_advisory security_vulnerability severity state tool updated_at url validity
answer old_answer: author_association body child_comment_count created_at discussion_id html_url id parent_id updated_at user
answer_chosen_by blocked_user dismisser inviter requested_reviewer requester requestor suspended_by uploader: avatar_url email html_url id login name site_admin type url
app performed_via_github_app: created_at description events html_url id name owner permissions slug updated_at
archived_at permission previous_projects_v2_item_node_id title: from to
archived_by assigned_to deleted_by pinned_by: avatar_url html_url id login site_admin type url user_view_type
assets: content_type created_at download_count id label name size state updated_at uploader url
author: avatar_url date email html_url id login name site_admin type url user_view_type username
auto_merge: commit_message commit_title enabled_by merge_method
base head: label ref repo sha user
blocked_issue blocking_issue parent_issue related_issue sub_issue: active_lock_reason assignee assignees author_association body closed_at comments created_at html_url id issue_dependencies_summary labels locked milestone number performed_via_github_app reactions state state_reason sub_issues_summary title type updated_at url user
blocked_issue_repo parent_issue_repo: allow_forking archived created_at custom_properties default_branch description disabled fork forks forks_count full_name has_discussions has_downloads has_issues has_pages has_projects has_wiki homepage html_url id is_template language license name open_issues open_issues_count owner private pushed_at size stargazers_count topics updated_at url visibility watchers watchers_count web_commit_signoff_required
body: _formatted attributes from info repository
branch_protection_configuration watch: action installation organization repository sender
branch_protection_rule: action changes installation organization repository rule sender
branches: commit name protected
build: commit created_at duration error pusher status updated_at url
category: created_at description emoji from id is_answerable name repository_id slug updated_at
changes: admin_enforced allow_deletions_enforcement_level allow_force_pushes_enforcement_level archived_at authorized_actor_names authorized_actors_only authorized_dismissal_actors_only base body category color column_id content_type default_branch description dismiss_stale_reviews_on_push due_on enforcement field_value from homepage issue_field_value linear_history_requirement_enforcement_level login make_latest name new_discussion new_issue new_repository note old_issue old_permission old_repository owner permission previous_projects_v2_item_node_id privacy privacy_level pull_request_reviews_enforcement_level repository require_code_owner_review required_approving_review_count required_conversation_resolution_level required_deployments_enforcement_level required_status_checks required_status_checks_enforcement_level role_name rules signature_requirement_enforcement_level slug status tag_name tier title topics
check_run: action app check_run check_suite completed_at conclusion deployment external_id head_sha html_url id installation name organization output pull_requests repository requested_action sender started_at status url
check_suite: action after app before check_suite conclusion created_at deployment head_branch head_commit head_sha id installation latest_check_runs_count organization pull_requests repository rerequestable runs_rerequestable sender status updated_at url
client_payload: version
code_scanning_alert: action alert commit_oid installation organization ref repository sender
comment: _links author_association body child_comment_count commit_id created_at diff_hunk discussion_id html_url id in_reply_to_id line original_commit_id original_line original_position original_start_line parent_id path performed_via_github_app pin position pull_request_review_id reactions side start_line start_side subject_type updated_at url user
comments: _links author_association body commit_id created_at diff_hunk href html_url id in_reply_to_id line original_commit_id original_line original_position original_start_line path position pull_request_review_id reactions side start_line start_side subject_type updated_at url user
commit: author comment_count commit committer html_url message parents sha tree url verification
commit_comment: action comment installation organization repository sender
commits: added author committer distinct href id message modified removed timestamp tree_id url
committer pusher: avatar_url date email html_url id login name site_admin type url username
conditions: ref_name
config: content_type digest insecure_ssl media_type secret size url
container_metadata: labels manifest tag
content_type: _links active_lock_reason additions assignee assignees author_association auto_merge base body changed_files closed_at comments commits created_at deletions draft from head html_url id labels locked maintainer_can_modify merge_commit_sha mergeable mergeable_state merged merged_at merged_by milestone number performed_via_github_app pull_request reactions rebaseable requested_reviewers requested_teams review_comments state state_reason title to updated_at url user
create: description installation master_branch organization pusher_type ref ref_type repository sender
custom_property: action definition installation organization sender
custom_property_values: action installation new_property_values old_property_values organization repository sender
cvss: score vector_string
cwes: cwe_id name
definition: allowed_values default_value description property_name required source_type value_type values_editable_by
delete: installation organization pusher_type ref ref_type repository sender
deleted: type
dependabot_alert secret_scanning_alert: action alert installation organization repository sender
dependabot_security_updates secret_scanning secret_scanning_push_protection: status
dependency: manifest_path package relationship scope
deploy_key: action installation key organization repository sender
deployment: action created_at creator deployment description environment id installation organization original_environment payload performed_via_github_app production_environment ref repository sender sha task transient_environment updated_at url workflow workflow_run
deployment_protection_rule: action deployment environment event installation organization pull_requests repository sender
deployment_review: action approver comment environment installation organization repository requestor reviewers sender since workflow_job_run workflow_job_runs workflow_run
deployment_status: action check_run created_at creator deployment deployment_status description environment environment_url id installation log_url organization performed_via_github_app repository sender state target_url updated_at url workflow workflow_run
details: blob_sha commit_sha end_column end_line path start_column start_line
discussion: action active_lock_reason answer answer_chosen_at answer_chosen_by answer_html_url author_association body category changes comments created_at discussion html_url id installation label labels locked number old_answer organization reactions repository sender state state_reason title updated_at user
discussion_comment: action changes comment discussion installation organization repository sender
enterprise: slug
error: message
field_value: field_name field_node_id field_type from project_number to
first_patched_version requested_action: identifier
fork: forkee installation organization repository sender
forkee new_repository old_repository repo: allow_auto_merge allow_forking allow_merge_commit allow_rebase_merge allow_squash_merge allow_update_branch archived created_at custom_properties default_branch delete_branch_on_merge description disabled fork forks forks_count full_name has_discussions has_downloads has_issues has_pages has_projects has_wiki homepage html_url id is_template language license master_branch merge_commit_message merge_commit_title name open_issues open_issues_count organization owner permissions private public pushed_at size squash_merge_commit_message squash_merge_commit_title stargazers stargazers_count topics updated_at url use_squash_pr_title_as_default visibility watchers watchers_count web_commit_signoff_required
from: admin color created_at description emoji id is_answerable is_custom_amount is_one_time monthly_price_in_cents monthly_price_in_dollars name option pull push repository_id security_and_analysis slug updated_at user value_id
github_app_authorization: action sender
gollum: installation organization pages repository sender
head_commit: added author committer distinct id message modified removed timestamp tree_id url
head_repository: description fork full_name html_url id name owner private url
hook: active app_id config created_at events id last_response name type updated_at url
html review_comment review_comments self statuses: href
identifiers: type value
info: collection mode name oid path size type
installation: account action app_id app_slug created_at events has_multiple_single_files html_url id installation permissions repositories repository_selection requester sender single_file_name single_file_paths suspended_at suspended_by target_id target_type updated_at
installation_repositories: action installation repositories_added repositories_removed repository_selection requester sender
installation_target: account action changes installation organization repository sender target_type
instances most_recent_instance: analysis_key classifications commit_sha environment location message ref state
invitation: created_at email failed_at failed_reason id inviter login role team_count
issue: active_lock_reason assignee assignees author_association body closed_at comments created_at draft href html_url id issue_dependencies_summary labels locked milestone number performed_via_github_app pull_request reactions state state_reason sub_issues_summary title type updated_at url user
issue_comment: action changes comment installation issue organization repository sender
issue_dependencies_summary: blocked_by blocking total_blocked_by total_blocking
issue_field: field_type id name
issue_field_value: from id option value_id
issues: action assignee changes installation issue label milestone organization repository sender
key: created_at id key read_only title url verified
label: action archived_at archived_by changes color default description id installation label name organization repository sender url
labels: all_labels color default description id licenses name revision source url
last_response: code message status
layers: digest media_type size
license: key name spdx_id url
location: details end_column end_line path start_column start_line type
make_latest role_name: to
manifest: config digest layers media_type size uri
marketplace_purchase: account action billing_cycle effective_date free_trial_ends_on marketplace_purchase next_billing_date on_free_trial plan previous_marketplace_purchase sender unit_count
member: action avatar_url changes email html_url id installation login member name organization repository sender site_admin type url user_view_type
membership: action installation member organization role scope sender state team url user
merge_group: action base_ref base_sha head_commit head_ref head_sha installation merge_group organization reason repository sender
message: text
meta: action hook hook_id repository sender
metadata: key value
milestone: action changes closed_at closed_issues created_at creator description due_on html_url id installation milestone number open_issues organization repository sender state title updated_at url
new_discussion: active_lock_reason answer_chosen_at answer_chosen_by answer_html_url author_association body category comments created_at html_url id locked number reactions state title updated_at user
new_issue old_issue: active_lock_reason assignee assignees author_association body closed_at comments created_at draft html_url id labels locked milestone number performed_via_github_app pull_request reactions state state_reason title updated_at url user
new_property_values old_property_values: property_name value
npm_metadata: author bin bugs commit_oid contributors cpu deleted_by_id dependencies description dev_dependencies directories dist engines files git_head has_shrinkwrap homepage id installation_command keywords license main maintainers man name node_version npm_user npm_version optional_dependencies os peer_dependencies published_via_actions readme release_id repository scripts version
nuget_metadata: id name value
option: color description id name
org_block: action blocked_user installation organization sender
organization: action avatar_url changes description html_url id installation invitation login membership organization sender url user
output: annotations_count summary text title
owner: avatar_url email from html_url id login name site_admin type url user_view_type
package: action created_at description ecosystem html_url id installation name namespace organization owner package package_type package_version registry repository sender updated_at
package_files: content_type created_at id md5 name sha1 sha256 size state updated_at
package_version: author body body_html container_metadata created_at description docker_metadata draft html_url id installation_command manifest metadata name npm_metadata nuget_metadata package_files prerelease release rubygems_metadata summary tag_name target_commitish target_oid updated_at version
page_build: build id installation organization repository sender
pages: action html_url page_name sha summary title
parent: description html_url id name notification_setting permission privacy slug url
parents: html_url sha url
permissions: actions admin administration blocking checks content_references contents deployments discussions emails environments followers from gpg_keys interaction_limits issues keys maintain members merge_queues metadata organization_administration organization_events organization_hooks organization_packages organization_plan organization_projects organization_secrets organization_self_hosted_runners organization_user_blocking packages pages plan pull pull_requests push repository_hooks repository_projects secret_scanning_alerts secrets security_events security_scanning_alert single_file starring statuses team_discussions triage vulnerability_alerts watching workflows
permissions_added permissions_result: repository
personal_access_token_request: created_at id owner permissions_added permissions_result permissions_upgraded repositories repository_count repository_selection token_expired token_expires_at token_id token_last_used_at token_name
pin: pinned_at pinned_by
ping: hook hook_id organization repository sender zen
plan: bullets description has_free_trial id monthly_price_in_cents name price_model unit_name yearly_price_in_cents
previous_marketplace_purchase: account billing_cycle free_trial_ends_on next_billing_date on_free_trial plan unit_count
project: action body changes created_at creator html_url id installation name number organization project repository sender state updated_at url
project_card: action after_id archived changes column_id content_url created_at creator id installation note organization project_card repository sender updated_at url
project_column: action changes created_at id installation name organization project_column repository sender updated_at url
projects_v2: closed_at created_at creator deleted_at deleted_by description id number owner public short_description state title updated_at
projects_v2_item: action archived_at changes content_node_id content_type created_at creator id installation organization project_node_id projects_v2_item sender updated_at
projects_v2_status_update: body created_at creator id project_node_id start_date status target_date updated_at
public: installation organization repository sender
pull_request: _links action active_lock_reason additions after assignee assignees author_association auto_merge base before body changed_files changes closed_at comments commits created_at deletions draft head href html_url id installation label labels locked maintainer_can_modify merge_commit_sha mergeable mergeable_state merged merged_at merged_by milestone number organization pull_request reason rebaseable repository requested_reviewer requested_reviewers requested_team requested_teams review_comments sender stack state title updated_at url user
pull_request_review: action changes installation organization pull_request repository review sender
pull_request_review_comment: action changes comment installation organization pull_request repository sender
pull_request_review_thread: action installation organization pull_request repository sender thread
pull_requests: _links active_lock_reason additions assignee assignees author_association auto_merge base body changed_files closed_at comments commits created_at deletions draft head html_url id labels locked maintainer_can_modify merge_commit_sha mergeable mergeable_state merged merged_at merged_by milestone number rebaseable requested_reviewers requested_teams review_comments state title updated_at url user
push: after base_ref before commits compare created deleted forced head_commit installation organization pusher ref repository sender
reactions: confused eyes heart hooray laugh rocket total_count url
ref_name: exclude include
referenced_workflows: path ref sha
references: url
registry: name type url vendor
registry_package: action created_at description ecosystem html_url id installation name namespace organization owner package_type package_version registry registry_package repository sender updated_at
release: action assets author body changes created_at draft html_url id immutable installation mentions_count name organization prerelease published_at reactions release repository sender tag_name target_commitish updated_at url
repositories repositories_added repositories_removed: full_name id name private
repository: allow_auto_merge allow_forking allow_merge_commit allow_rebase_merge allow_squash_merge allow_update_branch archived contents created_at custom_properties default_branch delete_branch_on_merge description disabled fork forks forks_count full_name has_discussions has_downloads has_issues has_pages has_projects has_wiki homepage html_url id is_template language license master_branch merge_commit_message merge_commit_title metadata name open_issues open_issues_count organization owner permissions private public pull_requests pushed_at repository security_and_analysis size squash_merge_commit_message squash_merge_commit_title stargazers stargazers_count topics updated_at url use_squash_pr_title_as_default visibility watchers watchers_count web_commit_signoff_required
repository_advisory: created_at cve_id description ghsa_id html_url identifiers published_at severity state summary updated_at vulnerabilities
repository_dispatch: action branch client_payload installation organization repository sender
repository_import: installation organization repository sender status
repository_ruleset: _links conditions created_at enforcement id name rules source source_type target updated_at
repository_vulnerability_alert: action alert organization repository sender
requested_reviewers: avatar_url description email html_url id login name notification_setting parent permission privacy site_admin slug type url
requested_team requested_teams: description html_url id name notification_setting parent permission privacy slug url
review: _links author_association body commit_id html_url id state submitted_at updated_at user
reviewer: avatar_url description email html_url id login name notification_setting parent permission privacy site_admin slug type url user_view_type
reviewers: reviewer type
rule: admin_enforced allow_deletions_enforcement_level allow_force_pushes_enforcement_level authorized_actor_names authorized_actors_only authorized_dismissal_actors_only create_protected created_at description dismiss_stale_reviews_on_push full_description help id ignore_approvals_from_contributors linear_history_requirement_enforcement_level merge_queue_enforcement_level name pull_request_reviews_enforcement_level repository_id require_code_owner_review require_last_push_approval required_approving_review_count required_conversation_resolution_level required_deployments_enforcement_level required_status_checks required_status_checks_enforcement_level security_severity_level severity signature_requirement_enforcement_level strict_required_status_checks_policy tags updated_at
rules: added deleted parameters type
secret_scanning_alert_location: action alert installation location organization repository sender
security_advisory: action cve_id cvss cwes description ghsa_id identifiers published_at references security_advisory severity summary updated_at vulnerabilities withdrawn_at
security_and_analysis: dependabot_security_updates secret_scanning secret_scanning_push_protection
security_vulnerability: first_patched_version package severity vulnerable_version_range
sponsorship: action changes created_at effective_date privacy_level sender sponsor sponsorable sponsorship tier
stack: base number position size
star: action installation organization repository sender starred_at
status: avatar_url branches commit context created_at description from id installation name organization repository sender sha state to updated_at
steps: completed_at conclusion name number started_at status
sub_issues_summary: completed percent_completed total
tag: digest name
target_type: avatar_url description email html_url id login name site_admin type url
team: action changes deleted description html_url id installation name notification_setting organization parent permission privacy repository sender slug team url
team_add: installation organization repository sender team
thread: comments
tier: created_at description from is_custom_amount is_one_time monthly_price_in_cents monthly_price_in_dollars name
to: active_lock_reason assignee assignees author_association body closed_at color comments created_at description draft html_url id labels locked milestone name number performed_via_github_app pull_request reactions state state_reason title updated_at url user
tool: guid name version
tree: sha url
type: allow_auto_merge allow_forking allow_merge_commit allow_rebase_merge allow_squash_merge allow_update_branch archived avatar_url color created_at custom_properties default_branch delete_branch_on_merge description disabled email events fork forks forks_count full_name has_discussions has_downloads has_issues has_pages has_projects has_wiki homepage html_url id is_template language license login master_branch merge_commit_message merge_commit_title name notification_setting open_issues open_issues_count organization owner parent permission permissions privacy private public pushed_at site_admin size slug squash_merge_commit_message squash_merge_commit_title stargazers stargazers_count topics type updated_at url use_squash_pr_title_as_default visibility watchers watchers_count web_commit_signoff_required
value: branch commit type url
verification: payload reason signature verified
vulnerabilities: first_patched_version package patched_versions severity vulnerable_version_range
workflow: created_at html_url id name path state updated_at url
workflow_dispatch: inputs installation organization ref repository sender workflow
workflow_job: action completed_at conclusion created_at deployment head_branch head_sha html_url id installation labels name organization repository run_attempt run_id runner_group_id runner_group_name runner_id runner_name sender started_at status steps url workflow_job workflow_name
workflow_job_run workflow_job_runs: conclusion created_at environment html_url id name status updated_at
workflow_run: action actor check_suite_id check_suite_node_id conclusion created_at display_title event head_branch head_commit head_repository head_sha html_url id installation name organization path pull_requests referenced_workflows repository run_attempt run_number run_started_at sender status triggering_actor updated_at url workflow workflow_id workflow_run
`;
