import type { Person, Place } from '../../../model/activity.ts';
import { linkOrNull, type Payload, read, textOrNull, timeOrNull } from '../../../shared/payload.ts';
import { page } from '../../../telling/page.ts';
import { idAt, person } from '../../../telling/parts.ts';

/** One event of Gitea's. */
export interface GiteaEvent {
  /** `pull_request_approved`, `issues` */
  readonly type: string;
  /** As the body has it; a pull request that was closed by merging it is `merged`. */
  readonly action: string | null;
  readonly payload: Payload;
  readonly actor: Person | null;
  readonly place: Place | null;
  /** `acme/api` */
  readonly repo: string | null;
}

/** Programs that act by themselves on such a server. */
const BOTS = /\[bot\]$|^(?:gitea|forgejo)-actions$/;

/** Payloads of the time of Gogs have `username` alone. */
export function loginAt(object: unknown, path: string): string | null {
  const who = read(object, path);
  return (textOrNull(who, 'login') ?? textOrNull(who, 'username'))?.trim() || null;
}

export function personAt(object: unknown, path: string): Person | null {
  const who = read(object, path);
  const login = loginAt(object, path);
  return person(login, {
    url: htmlPage(who),
    avatarUrl: linkOrNull(who, 'avatar_url'),
    isBot: login !== null && BOTS.test(login),
  });
}

export function placeOf(payload: Payload): Place | null {
  const name = repoOf(payload) ?? textOrNull(payload, 'repository.name');
  return name === null ? null : { name, url: htmlPage(payload['repository']) };
}

export function repoOf(payload: Payload): string | null {
  return textOrNull(payload, 'repository.full_name');
}

/** The repository's page, or one below it. Null: every server has an address of its own, and this one was not said. */
export function repositoryPage({ place }: Pick<GiteaEvent, 'place'>, path = ''): string | null {
  return place === null || place.url === null ? null : `${place.url}${path}`;
}

/** What a person opens; `url` is the interface for programs. */
export function htmlPage(object: unknown): string | null {
  return page(textOrNull(object, 'html_url'));
}

/** `12`: issues and pull requests are numbered in one row. */
export function numberIn(object: unknown): string | null {
  const number = idAt(object, 'number');
  return number !== null && /^\d{1,15}$/.test(number) && number !== '0' ? number : null;
}

/** The first of these times, in ms since 1970. What never was, is written as the year 1. */
export function timeAt(payload: unknown, ...paths: readonly string[]): number | null {
  for (const path of paths) {
    const time = typeof read(payload, path) === 'string' ? timeOrNull(payload, path) : null;
    if (time !== null && time > 0) return time;
  }
  return null;
}
