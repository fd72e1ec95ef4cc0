import type { Place, Tone } from '../../../model/activity.ts';
import { textOrNull } from '../../../shared/payload.ts';
import { after, asWords, dayFact, firstText } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { type GitlabEvent, placeOf } from './event.ts';

interface Names {
  readonly now: string;
  readonly old: string | null;
  /** What a member may do. */
  readonly role: string | null;
}

/** `who` begins the sentence. */
type Said = readonly [headline: string, who: string, became: string, tone?: Tone];

type About = 'group' | 'member' | 'project' | 'user';

type Row = readonly [about: About, say: (names: Names) => Said];

const added: Row = [
  'member',
  ({ now, role }) => ['Member added', now, `was added to {repo}${role === null ? '' : ` as ${role}`}`],
];
const changed: Row = [
  'member',
  ({ now, role }) => ['Role changed', now, `${role === null ? 'has another role' : `is now ${role}`} in {repo}`],
];
const removed: Row = ['member', ({ now }) => ['Member removed', now, 'was removed from {repo}']];
const asked: Row = ['member', ({ now }) => ['Access requested', now, 'asks for access to {repo}', 'waiting']];
const takenBack: Row = ['member', ({ now }) => ['Access request ended', now, 'no longer asks for access to {repo}']];
const denied: Row = ['member', ({ now }) => ['Access denied', now, 'was denied access to {repo}']];

/**
 * What happens to projects, groups and people: nobody says who did it.
 * https://docs.gitlab.com/administration/system_hooks/, https://docs.gitlab.com/user/project/integrations/webhook_events/#group-member-events
 */
const ROWS: Readonly<Record<string, Row>> = {
  project_create: ['project', ({ now }) => ['Project created', `Project ${now}`, 'was created', 'opened']],
  project_destroy: ['project', ({ now }) => ['Project deleted', `Project ${now}`, 'was deleted']],
  project_rename: [
    'project',
    ({ now, old }) =>
      old === null
        ? ['Project renamed', `Project ${now}`, 'has a new name']
        : ['Project renamed', `Project ${old}`, 'is now called {repo}'],
  ],
  project_transfer: [
    'project',
    ({ now, old }) =>
      old === null
        ? ['Project moved', `Project ${now}`, 'was moved']
        : ['Project moved', `Project ${old}`, 'was moved to {repo}'],
  ],
  project_update: [
    'project',
    ({ now }) => ['Project settings changed', `The settings of project ${now}`, 'were changed'],
  ],
  group_create: ['group', ({ now }) => ['Group created', `Group ${now}`, 'was created', 'opened']],
  group_destroy: ['group', ({ now }) => ['Group deleted', `Group ${now}`, 'was deleted']],
  group_rename: ['group', (names) => ['Group renamed', ...renamed('Group ', names)]],
  subgroup_create: ['group', ({ now }) => ['Subgroup created', `Subgroup ${now}`, 'was created', 'opened']],
  subgroup_destroy: ['group', ({ now }) => ['Subgroup deleted', `Subgroup ${now}`, 'was deleted']],
  user_add_to_team: added,
  user_update_for_team: changed,
  user_remove_from_team: removed,
  user_add_to_group: added,
  user_update_for_group: changed,
  user_remove_from_group: removed,
  user_access_request_to_project: asked,
  user_access_request_to_group: asked,
  user_access_request_revoked_for_project: takenBack,
  user_access_request_revoked_for_group: takenBack,
  user_access_request_denied_for_group: denied,
  user_create: ['user', ({ now }) => ['User created', now, 'has a GitLab account now']],
  user_destroy: ['user', ({ now }) => ['User deleted', now, 'no longer has a GitLab account']],
  user_rename: ['user', (names) => ['User renamed', ...renamed('', names)]],
  user_failed_login: ['user', ({ now }) => ['Login failed', now, 'failed to log in to GitLab', 'bad']],
  key_create: ['user', ({ now }) => ['SSH key added', now, 'has a new SSH key on GitLab']],
  key_destroy: ['user', ({ now }) => ['SSH key removed', `An SSH key of ${now}`, 'was removed from GitLab']],
};

function renamed(sort: string, { now, old }: Names): readonly [who: string, became: string] {
  return old === null ? [`${sort}${now}`, 'has a new name'] : [`${sort}${old}`, `is now called ${now}`];
}

/** What it is about, by what the payload calls it. */
const NAMES: Readonly<Record<About, readonly string[]>> = {
  project: ['path_with_namespace', 'name'],
  group: ['full_path', 'path', 'name'],
  member: ['user_username', 'user_name', 'user_email'],
  user: ['username', 'name', 'email'],
};
const OLD_NAMES = ['old_path_with_namespace', 'old_full_path', 'old_username', 'old_path'];

export function administration(event: GitlabEvent): Told | null {
  const { payload, project, type } = event;
  const [about, say] = (Object.hasOwn(ROWS, type) ? ROWS[type] : undefined) ?? [];
  const name = about === undefined ? null : firstText(payload, NAMES[about]);
  if (about === undefined || say === undefined || name === null) return null;
  const [headline, who, became, tone = 'neutral'] = say({
    now: asWords(name),
    old: wordsOrNull(firstText(payload, OLD_NAMES)),
    role: wordsOrNull(firstText(payload, ['access_level', 'group_access'])),
  });
  const place = placeOfWhat(event, about);
  return {
    headline,
    tone,
    became: place === null ? placeless(became, about === 'project' ? asWords(name) : null) : became,
    noun: about,
    handle: who,
    title: who,
    url: project.url,
    by: null,
    place,
    facts: [
      type.includes('_add_') ? dayFact('until', payload, 'expires_at') : null,
      type === 'user_failed_login' ? after('account', textOrNull(payload, 'state')) : null,
      type.startsWith('project_')
        ? (textOrNull(payload, 'project_visibility')?.replace(/^visibilitylevel\|/, '') ?? null)
        : null,
    ],
  };
}

function wordsOrNull(name: string | null): string | null {
  return name === null ? null : asWords(name);
}

/** A project is its own place. */
function placeOfWhat({ payload, project }: GitlabEvent, about: About): Place | null {
  if (about === 'project') return placeOf(project);
  if (about !== 'member') return null;
  const group = firstText(payload, ['group_path', 'group_name']);
  return placeOf(project) ?? (group === null ? null : { name: group, url: null });
}

function placeless(became: string, name: string | null): string {
  return name === null ? became.replace(/ (?:to|in|from) \{repo\}/, '') : became.replace('{repo}', name);
}
