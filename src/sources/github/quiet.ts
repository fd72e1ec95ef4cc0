/**
 * Told only where a rule names the action: `pull_request: [synchronize]`. They come many times a day, or say little to
 * somebody who waits for news. `<event>.<action>`, or the event alone where it has no actions → the reason, for docs/catalog.md.
 */
export const MINOR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'code_scanning_alert.appeared_in_branch': 'every new branch repeats the alerts of the one it comes from',
    'code_scanning_alert.updated_assignment': 'it changes who looks at it, not what is wrong',
    'custom_property_values.updated': 'an organization sets them for many repositories at once',
    'dependabot_alert.assignees_changed': 'it changes who looks at it, not what is wrong',
    'dependabot_alert.auto_dismissed': 'a rule decided that nobody needs to look',
    'secret_scanning_alert.assigned': 'it changes who looks at it, not what is wrong',
    'secret_scanning_alert.metadata_created': 'details that GitHub finds out, after the alert itself',
    'secret_scanning_alert.metadata_removed': 'details that GitHub finds out, after the alert itself',
    'secret_scanning_alert.unassigned': 'it changes who looks at it, not what is wrong',
    'secret_scanning_alert_location.created': 'the alert tells of the secret; one comes for every place where it stands',
    'secret_scanning_scan.completed': 'what a scan finds comes as alerts',
    'security_advisory.updated': 'GitHub corrects many of them a day',
    'sponsorship.edited': 'only whether the sponsor is shown',
    'star.deleted': 'hardly news',
  } satisfies Record<string, string>),
);

/**
 * Never told, whatever the rules say: GitHub sends another event for the same happening, and that one is told.
 * `<event>.<action>` → the reason.
 */
export const ECHOES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    public: 'repository.publicized tells the same',
    'release.created': 'the published event of the same release tells it',
    'release.prereleased': 'the published event of the same release tells it',
    'release.released': 'the published event of the same release tells it',
    'repository_vulnerability_alert.create': 'dependabot_alert.created tells the same',
    'repository_vulnerability_alert.dismiss': 'dependabot_alert.dismissed tells the same',
    'repository_vulnerability_alert.reopen': 'dependabot_alert.reopened tells the same',
    'repository_vulnerability_alert.resolve': 'dependabot_alert.fixed tells the same',
    'team.added_to_repository': "team_add tells the same, and a repository's own hook receives only that",
    'watch.started': 'GitHub sends star.created for the same star',
  } satisfies Record<string, string>),
);
