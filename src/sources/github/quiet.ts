/**
 * Told only where a rule names the action: `pull_request: [synchronize]`. They come many times a day, or say little to
 * somebody who waits for news. `<event>.<action>`, or the event alone where it has no actions → the reason, for docs/catalog.md.
 */
export const MINOR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'check_run.created': 'a check is news when it ends',
    'check_run.requested_action': 'a button of an app was pressed, which only the app waits for',
    'check_run.rerequested': 'a check is news when it ends',
    'check_suite.completed': 'its check runs are told one by one',
    'check_suite.requested': 'checks are news when they end',
    'check_suite.rerequested': 'checks are news when they end',
    'code_scanning_alert.appeared_in_branch': 'every new branch repeats the alerts of the one it comes from',
    'code_scanning_alert.updated_assignment': 'it changes who looks at it, not what is wrong',
    'custom_property_values.updated': 'an organization sets them for many repositories at once',
    'dependabot_alert.assignees_changed': 'it changes who looks at it, not what is wrong',
    'dependabot_alert.auto_dismissed': 'a rule decided that nobody needs to look',
    'deployment.created': 'a deployment is news when it ends, which deployment_status tells',
    'deployment_protection_rule.requested': 'an app is asked, no person',
    'merge_group.checks_requested': 'the queue tries many groups, and what it merges or throws out is told',
    'merge_group.destroyed': 'the queue makes another group of the same pull requests',
    'package.updated': 'a version that was published before changed',
    'pull_request.assigned': 'people and labels change many times',
    'pull_request.auto_merge_disabled': 'the merge is news',
    'pull_request.auto_merge_enabled': 'the merge is news',
    'pull_request.demilestoned': 'planning, many at a time',
    'pull_request.edited': 'wording is put right many times',
    'pull_request.enqueued': 'the merge is news',
    'pull_request.labeled': 'people and labels change many times',
    'pull_request.locked': 'housekeeping',
    'pull_request.milestoned': 'planning, many at a time',
    'pull_request.review_request_removed': 'nobody is waited for any more',
    'pull_request.stacked': 'how pull requests are arranged, many at a time',
    'pull_request.synchronize': 'new commits come many times a day',
    'pull_request.unassigned': 'people and labels change many times',
    'pull_request.unlabeled': 'people and labels change many times',
    'pull_request.unlocked': 'housekeeping',
    'pull_request_review.edited': 'wording is put right many times',
    'pull_request_review_comment.deleted': 'what is gone is no news',
    'pull_request_review_comment.edited': 'wording is put right many times',
    'pull_request_review_thread.resolved': 'many threads are resolved in one sitting',
    'pull_request_review_thread.unresolved': 'the reply that reopens it is told',
    'release.edited': 'wording is put right many times',
    'secret_scanning_alert.assigned': 'it changes who looks at it, not what is wrong',
    'secret_scanning_alert.metadata_created': 'details that GitHub finds out, after the alert itself',
    'secret_scanning_alert.metadata_removed': 'details that GitHub finds out, after the alert itself',
    'secret_scanning_alert.unassigned': 'it changes who looks at it, not what is wrong',
    'secret_scanning_alert_location.created':
      'the alert tells of the secret; one comes for every place where it stands',
    'secret_scanning_scan.completed': 'what a scan finds comes as alerts',
    'security_advisory.updated': 'GitHub corrects many of them a day',
    'sponsorship.edited': 'only whether the sponsor is shown',
    'star.deleted': 'hardly news',
    'workflow_job.completed': 'the run it belongs to is told',
    'workflow_job.in_progress': 'a run is news when it ends',
    'workflow_job.queued': 'a run is news when it ends',
    'workflow_job.waiting': 'deployment_review asks whoever can let it go on',
    'workflow_run.in_progress': 'a run is news when it ends',
    'workflow_run.requested': 'a run is news when it ends',
  } satisfies Record<string, string>),
);

/**
 * Never told, whatever the rules say: GitHub sends another event for the same happening, and that one is told.
 * `<event>.<action>` → the reason.
 */
export const ECHOES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    public: 'repository.publicized tells the same',
    'registry_package.published': 'GitHub sends package.published for the same version',
    'registry_package.updated': 'GitHub sends package.updated for the same version',
    'release.created': 'the published event of the same release tells it',
    'release.prereleased': 'the published event of the same release tells it',
    'repository_vulnerability_alert.create': 'dependabot_alert.created tells the same',
    'repository_vulnerability_alert.dismiss': 'dependabot_alert.dismissed tells the same',
    'repository_vulnerability_alert.reopen': 'dependabot_alert.reopened tells the same',
    'repository_vulnerability_alert.resolve': 'dependabot_alert.fixed tells the same',
    'team.added_to_repository': "team_add tells the same, and a repository's own hook receives only that",
    'watch.started': 'GitHub sends star.created for the same star',
  } satisfies Record<string, string>),
);
