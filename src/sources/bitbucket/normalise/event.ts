import type { Person, Place } from '../../../model/activity.ts';
import { linkOrNull, type Payload, read, textOrNull, timeOrNull } from '../../../shared/payload.ts';
import { segments } from '../../../telling/hosting/ref.ts';
import { page } from '../../../telling/page.ts';
import { firstText, idAt, person } from '../../../telling/parts.ts';

/** One event of Bitbucket's. */
export interface BitbucketEvent {
  /** `pullrequest:fulfilled` */
  readonly key: string;
  readonly type: string;
  readonly action: string | null;
  readonly payload: Payload;
  readonly actor: Person | null;
  readonly place: Place | null;
  /** The name of the repository with its workspace, `acme/api`. */
  readonly repo: string | null;
  /** Where its pages are. Null: a server of their own, which did not say. */
  readonly site: string | null;
}

/** Of Bitbucket Cloud. */
export const SITE = 'https://bitbucket.org';

/** People are called by what they choose to be called: user names are gone since 2019. Null: nobody is named. */
export function nameAt(object: unknown, path: string): string | null {
  return firstText(read(object, path), ['display_name', 'nickname', 'username', 'displayName'])?.trim() || null;
}

export function personAt(object: unknown, path: string): Person | null {
  const who = read(object, path);
  return person(nameAt(object, path), {
    url: htmlPage(who),
    avatarUrl: linkOrNull(who, 'links.avatar.href'),
    isBot: textOrNull(who, 'type') === 'app_user',
  });
}

/** Whether both are one account, by what accounts have beside a name. */
export function isSame(one: unknown, other: unknown): boolean {
  return ['account_id', 'uuid'].some((field) => {
    const id = textOrNull(one, field);
    return id !== null && id === textOrNull(other, field);
  });
}

export function placeOf(payload: Payload, site: string | null): Place | null {
  const repo = repoOf(payload);
  const name = repo ?? textOrNull(payload, 'repository.name');
  return name === null ? null : { name, url: htmlPage(payload['repository']) ?? siteOf(site, repo) };
}

export function repoOf(payload: Payload): string | null {
  return textOrNull(payload, 'repository.full_name');
}

function siteOf(site: string | null, repo: string | null): string | null {
  return repo === null || site === null ? site : `${site}/${segments(repo)}`;
}

type InRepository = Pick<BitbucketEvent, 'place' | 'repo' | 'site'>;

/** The page of the repository, or one below it, for what gives no address of its own. */
export function repositoryPage({ place, repo, site }: InRepository, path = ''): string | null {
  const base = place?.url ?? siteOf(site, repo);
  return base === null ? null : `${base}${path}`;
}

/** What a person opens. Null: the object says none, or an address for programs. */
export function htmlPage(object: unknown): string | null {
  return page(textOrNull(object, 'links.html.href'));
}

/** `12`: both issues and pull requests are numbered from 1. */
export function numberIn(object: unknown): string | null {
  const number = idAt(object, 'id');
  return number !== null && /^\d{1,15}$/.test(number) ? number : null;
}

/** The first of these times, in ms since 1970. */
export function timeAt(payload: Payload, ...paths: readonly string[]): number | null {
  for (const path of paths) {
    const time = typeof read(payload, path) === 'string' ? timeOrNull(payload, path) : null;
    if (time !== null) return time;
  }
  return null;
}
