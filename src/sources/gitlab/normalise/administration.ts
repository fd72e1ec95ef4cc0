import type { Place, Tone } from '../../../model/activity.ts';
import { type Payload, textOrNull } from '../../../shared/payload.ts';
import { after, asWords, firstText } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { type GitlabEvent, placeOf } from './event.ts';

/** What it is about, by what the payload calls it. */
const NAMES = {
  project: ['path_with_namespace', 'name'],
  group: ['full_path', 'path', 'name'],
  member: ['user_username', 'user_name', 'user_email'],
  user: ['username', 'name', 'email'],
} as const;

type Row = readonly [about: keyof typeof NAMES, headline: string, became: string, tone?: Tone];

/**
 * What happens to projects, groups and people: nobody says who did it.
 * https://docs.gitlab.com/administration/system_hooks/, https://docs.gitlab.com/user/project/integrations/webhook_events/#group-member-events
 */
const ROWS: Readonly<Record<string, Row>> = {
  project_create: ['project', 'Project created', 'was created', 'opened'],
  project_destroy: ['project', 'Project deleted', 'was deleted'],
  project_rename: ['project', 'Project renamed', 'has a new name'],
  project_transfer: ['project', 'Project moved', 'was moved'],
  project_update: ['project', 'Project settings changed', 'has other settings'],
  group_create: ['group', 'Group created', 'was created', 'opened'],
  group_destroy: ['group', 'Group deleted', 'was deleted'],
  group_rename: ['group', 'Group renamed', 'has a new name'],
  subgroup_create: ['group', 'Subgroup created', 'was created', 'opened'],
  subgroup_destroy: ['group', 'Subgroup deleted', 'was deleted'],
  user_add_to_team: ['member', 'Member added', 'was added to {repo}'],
  user_update_for_team: ['member', 'Role changed', 'has another role in {repo}'],
  user_remove_from_team: ['member', 'Member removed', 'was removed from {repo}'],
  user_add_to_group: ['member', 'Member added', 'was added to {repo}'],
  user_update_for_group: ['member', 'Role changed', 'has another role in {repo}'],
  user_remove_from_group: ['member', 'Member removed', 'was removed from {repo}'],
  user_access_request_to_project: ['member', 'Access requested', 'asks for access to {repo}', 'waiting'],
  user_access_request_to_group: ['member', 'Access requested', 'asks for access to {repo}', 'waiting'],
  user_access_request_revoked_for_project: ['member', 'Access request ended', 'no longer waits for access to {repo}'],
  user_access_request_denied_for_group: ['member', 'Access denied', 'gets no access to {repo}'],
  user_access_request_revoked_for_group: ['member', 'Access request ended', 'no longer waits for access to {repo}'],
  user_create: ['user', 'User created', 'has an account now'],
  user_destroy: ['user', 'User deleted', 'has no account any more'],
  user_rename: ['user', 'User renamed', 'has a new name'],
  user_failed_login: ['user', 'Login failed', 'failed to log in', 'bad'],
  key_create: ['user', 'SSH key added', 'has a new SSH key'],
  key_destroy: ['user', 'SSH key removed', 'has one SSH key less'],
};

/** A name that holds a role says it: `was added to acme/api as Maintainer`. */
export function administration(event: GitlabEvent): Told | null {
  const row = Object.hasOwn(ROWS, event.type) ? ROWS[event.type] : undefined;
  const name = row && firstText(event.payload, NAMES[row[0]]);
  if (row === undefined || !name) return null;
  const [about, headline, became, tone = 'neutral'] = row;
  const isMember = about === 'member';
  const role = isMember && event.type.includes('_add_') ? roleOf(event.payload) : null;
  const place = isMember ? groupOrProject(event) : null;
  return {
    headline,
    tone,
    became:
      place === null ? `${became.replace(/ (?:to|in|from) \{repo\}$/, '')}${role ?? ''}` : `${became}${role ?? ''}`,
    noun: isMember ? 'member' : about,
    // A project is its own place: `Project created in acme/api`.
    handle: about === 'project' ? null : name,
    title: name,
    url: event.project.url,
    by: null,
    place: about === 'project' ? placeOf(event.project) : place,
    facts: factsOf(event.payload, event.type),
  };
}

function roleOf(payload: Payload): string | null {
  const role = textOrNull(payload, 'access_level') ?? textOrNull(payload, 'group_access');
  return role === null ? null : ` as ${asWords(role)}`;
}

function groupOrProject({ payload, project }: GitlabEvent): Place | null {
  const group = firstText(payload, ['group_path', 'group_name']);
  return placeOf(project) ?? (group === null ? null : { name: group, url: null });
}

function factsOf(payload: Payload, type: string): readonly (string | null)[] {
  const old = firstText(payload, ['old_path_with_namespace', 'old_full_path', 'old_username', 'old_path']);
  const isMember = type.startsWith('user_') && type.includes('_for_');
  return [
    after('was', old),
    isMember ? after('now', firstText(payload, ['access_level', 'group_access'])) : null,
    type === 'user_failed_login' ? after('account', textOrNull(payload, 'state')) : null,
    type.startsWith('project_')
      ? (textOrNull(payload, 'project_visibility')?.replace(/^visibilitylevel\|/, '') ?? null)
      : null,
  ];
}
