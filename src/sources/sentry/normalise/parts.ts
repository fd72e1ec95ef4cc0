import type { Person, Place } from '../../../model/activity.ts';
import { list, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { page } from '../../../telling/page.ts';
import { firstText, idAt, momentAt, person } from '../../../telling/parts.ts';

/** One event of Sentry's. */
export interface SentryEvent {
  readonly type: string;
  /** Null: it does not say. */
  readonly action: string | null;
  /** Of its bytes. */
  readonly id: string;
  readonly payload: Payload;
  /** Null: Sentry itself did it, or an integration. */
  readonly actor: Person | null;
}

const HOME = 'https://sentry.io';

/** Only a person is named. */
export function actorOf(payload: Payload): Person | null {
  return textOrNull(payload, 'actor.type') === 'user' ? person(firstText(payload, ['actor.name'])) : null;
}

/** `/projects/acme/front-end/` in an address of the API: what else names the project says its number. */
const PROJECT = /\/projects\/[^/]+\/([\w.-]{1,100})\//;
const PAGES = [
  'data.issue.web_url',
  'data.issue.permalink',
  'data.event.web_url',
  'data.error.web_url',
  'data.web_url',
  'url',
];
const PROJECTS = [
  'data.issue.project.slug',
  'data.issue.project.name',
  'data.project_slug',
  'project_slug',
  'project_name',
];

const APIS = ['data.issue.url', 'data.event.url', 'data.error.url', 'data.issue.project_url'];

/** The project by its slug; without one the organisation, or Sentry. */
export function placeOf(payload: Payload): Place {
  const api = firstText(payload, ['data.event.url', 'data.error.url', 'data.issue.project_url']);
  const [first] = list(payload, 'data.metric_alert.projects');
  const name =
    firstText(payload, PROJECTS) ??
    PROJECT.exec(api ?? '')?.[1] ??
    (typeof first === 'string' && first !== '' ? first : null) ??
    firstText(payload, ['data.installation.organization.slug', 'installation.organization.slug']) ??
    'Sentry';
  const url = pageIn(payload);
  return { name, url: url === null ? HOME : new URL(url).origin };
}

/** Where a person sees it: `url` of what is not the plugin's is the API's, which says where the issue's page is. */
export function pageIn(payload: Payload): string | null {
  return PAGES.map((path) => page(textOrNull(payload, path))).find((found) => found !== null) ?? issuePage(payload);
}

/** `https://sentry.io/api/0/organizations/acme/…` */
const API = /^(https?:\/\/[\w.:-]{1,200})\/api\/0\/(?:organizations|projects)\/([\w-]{1,100})\//;

function issuePage(payload: Payload): string | null {
  const id = issueIdOf(payload);
  const [, site, organisation] = API.exec(firstText(payload, APIS) ?? '') ?? [];
  return id === null || site === undefined ? null : page(`${site}/organizations/${organisation}/issues/${id}/`);
}

const ISSUE = /\/issues\/(\d{1,20})(?:\/|$)/;

/** The id of the issue that an error or an alert is of. */
export function issueIdOf(payload: Payload): string | null {
  const ids = ['data.issue.id', 'data.issue_id', 'data.event.issue_id', 'data.error.issue_id', 'data.group_id'];
  const said = ids.map((path) => idAt(payload, path)).find((id) => id !== null);
  const links = ['data.event.issue_url', 'data.error.issue_url', 'data.event.web_url', 'data.error.web_url', 'url'];
  return said ?? links.map((path) => ISSUE.exec(textOrNull(payload, path) ?? '')?.[1]).find(Boolean) ?? null;
}

/**
 * The error that makes an issue, or brings it back, is told so and by each alert that it meets: it is known by when it happened.
 * Null: it does not say.
 */
export function happeningOf(issueId: string | null, payload: Payload, path: string): string | null {
  const at = momentAt(payload, path);
  return issueId === null || at === null ? null : `issue ${issueId} at ${at}`;
}

/** What concerns one issue is one thread: its alerts and comments too. */
export function threadOf(payload: Payload): string | null {
  const id = issueIdOf(payload);
  return id && `issue ${id}`;
}

/** Of an error: said by itself, or as one of its tags, which are pairs. */
export function environmentOf(error: unknown): string | null {
  return firstText(error, ['environment']) ?? tagOf(error, 'environment');
}

function tagOf(error: unknown, name: string): string | null {
  const pair = list(error, 'tags').find((tag) => Array.isArray(tag) && tag[0] === name);
  const value: unknown = Array.isArray(pair) ? pair[1] : read(pair, 'value');
  return typeof value === 'string' && value !== '' ? value : null;
}

/** `main in main`. A function or a file that nobody knows says nothing: `?(runner)`, `null.<anonymous>(file)`. */
export function culpritOf(object: unknown): string | null {
  const culprit = firstText(object, ['culprit']);
  return culprit === null || /^(?:\?|null\b|undefined\b)|:\/\//.test(culprit) ? null : culprit;
}
