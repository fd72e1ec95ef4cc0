import type { Person, Place } from '../../../model/activity.ts';
import { isObject, linkOrNull, list, numberOrNull, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { segment, segments } from '../../../telling/hosting/ref.ts';
import { firstText, person } from '../../../telling/parts.ts';

/** One event as its families read it. */
export interface GitlabEvent {
  readonly payload: Payload;
  /** `merge_request`, `confidential_issue`, `user_add_to_team` */
  readonly type: string;
  /** As the catalogue has it. */
  readonly action: string | null;
  readonly project: Project;
  readonly actor: Person | null;
}

export interface Project {
  /** `acme/web/api` */
  readonly path: string | null;
  /** Its page, without a slash at the end. */
  readonly url: string | null;
}

/** Where the path stands, of each sort of event; `repository.homepage` is the page of older ones. */
const PATHS = [
  'project.path_with_namespace',
  'object_attributes.target.path_with_namespace',
  'project_path_with_namespace',
  'path_with_namespace',
  'group.full_path',
  'group.group_full_path',
];

/** A project's pages stand behind `/-/`. */
const BEFORE_PAGE = /^([^?#]{1,500}?)\/-\//;

export function projectOf(payload: Payload): Project {
  const own = linkOrNull(payload, 'project.web_url') ?? linkOrNull(payload, 'repository.homepage');
  const url = own?.replace(/\/+$/, '') ?? linkOrNull(payload, 'object_attributes.url')?.match(BEFORE_PAGE)?.[1] ?? null;
  return { path: firstText(payload, PATHS) ?? pathIn(url) ?? nameOf(payload), url };
}

/** Without anything better: `Acme / api`, as older jobs name it. */
function nameOf(payload: Payload): string | null {
  return textOrNull(payload, 'project_name')?.replaceAll(' / ', '/') ?? textOrNull(payload, 'project.name');
}

/** A group's pages stand behind `/groups/`. */
function pathIn(url: string | null): string | null {
  return URL.parse(url ?? '')?.pathname.replace(/^\/(?:groups\/)?/, '') || null;
}

export function placeOf({ path, url }: Project): Place | null {
  return path === null ? null : { name: path, url };
}

/** A page below the project's: `-/merge_requests/12`. Null: nobody says where the project is. */
export function pageIn({ url }: Project, below = ''): string | null {
  return url === null ? null : `${url}${below && `/${below}`}`;
}

export function commitPage(project: Project, sha: string | null): string | null {
  return sha === null ? null : pageIn(project, `-/commit/${segment(sha)}`);
}

/** `-/tree/fix/%2312` */
export function refPage(project: Project, noun: 'branch' | 'tag', name: string): string | null {
  return pageIn(project, `-/${noun === 'tag' ? 'tags' : 'tree'}/${segments(name)}`);
}

/** Tokens of projects and groups act as users whose names are numbers. */
const TOKEN_USER = /^(?:project|group)_\d+_bot/;

/** Whoever did it, by username; a bot that a token makes by the token's name. */
export function actorOf(payload: Payload, project: Project): Person | null {
  const user = read(payload, 'user');
  if (isObject(user)) return personOf(user, project);
  const username = textOrNull(payload, 'user_username') ?? textOrNull(payload, 'user_name');
  return username === null
    ? null
    : personOf({ username, name: payload['user_name'], avatar_url: payload['user_avatar'] }, project);
}

export function personOf(user: unknown, project: Project): Person | null {
  const username = textOrNull(user, 'username');
  return person(loginOf(user), {
    url: username === null || !/^[\w.-]+$/.test(username) ? null : rootPage(project, username),
    avatarUrl: linkOrNull(user, 'avatar_url'),
    isBot: username !== null && TOKEN_USER.test(username),
  });
}

/** Below the instance's own address, which may be a path of a host. */
function rootPage({ path, url }: Project, below: string): string | null {
  if (path === null || url === null || !url.endsWith(`/${path}`)) return null;
  return `${url.slice(0, -path.length)}${below}`;
}

/** By username; a bot that a token makes by the token's name. */
export function loginOf(user: unknown): string | null {
  const [username, name] = [textOrNull(user, 'username'), textOrNull(user, 'name')];
  return username !== null && TOKEN_USER.test(username) ? (name ?? username) : (username ?? name);
}

/** More people than these work on nothing. */
const MOST_ASKED = 100;

/** The username of a user whom the payload knows by that id: events name authors by ids alone. */
export function loginById(payload: Payload, id: number | null): string | null {
  if (id === null) return null;
  const people = [
    read(payload, 'user'),
    ...['assignees', 'reviewers'].flatMap((field) => list(payload, field).slice(0, MOST_ASKED)),
    read(payload, 'assignee'),
    read(payload, 'object_attributes.author'),
  ];
  const found = people.find((one) => numberOrNull(one, 'id') === id);
  return loginOf(found);
}

export function loginsIn(people: readonly unknown[]): readonly string[] {
  return people.map((one) => textOrNull(one, 'username') ?? textOrNull(one, 'name')).filter((login) => login !== null);
}
