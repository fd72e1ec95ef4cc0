import type { Person, Place } from '../../../model/activity.ts';
import { linkOrNull, numberOrNull, type Payload, read, textOrNull, textsIn } from '../../../shared/payload.ts';

export { excerpt } from '../../../telling/excerpt.ts';
export { firstLine } from '../../../telling/hosting/commits.ts';
export { repoKey, threadNo, threadOf } from '../thread.ts';

/** Null when the payload names nobody there: a deleted account is null in GitHub's payloads. */
export function person(payload: Payload, path: string): Person | null {
  const value = read(payload, path);
  const login = textOrNull(value, 'login');
  if (login === null) return null;
  return {
    login,
    url: linkOrNull(value, 'html_url'),
    avatarUrl: linkOrNull(value, 'avatar_url'),
    isBot: textOrNull(value, 'type') === 'Bot' || login.endsWith('[bot]'),
  };
}

export function repositoryOf(payload: Payload): Place | null {
  const fullName = textOrNull(payload, 'repository.full_name');
  if (fullName === null) return null;
  return { name: fullName, url: linkOrNull(payload, 'repository.html_url') ?? `https://github.com/${fullName}` };
}

/** Whose it is: what has no repository happens in an organisation, or an account that installed an app. */
export function orgOf(payload: Payload): string | null {
  return (
    textOrNull(payload, 'organization.login') ??
    textOrNull(payload, 'repository.owner.login') ??
    textOrNull(payload, 'installation.account.login') ??
    textOrNull(payload, 'enterprise.slug')
  );
}

/** The repository's page, or a page below it, for payloads that give no address of their own. */
export function repositoryPage(payload: Payload, path = ''): string {
  return `${repositoryOf(payload)?.url ?? 'https://github.com'}${path}`;
}

/** `12`, or with a time for what can happen again: `12 at 2026-01-01T00:00:00Z`. Null when the payload lacks either. */
export function echoOf(payload: Payload, idPath: string, timePath: string | null = null): string | null {
  const id = numberOrNull(payload, idPath);
  const time = timePath === null ? '' : textOrNull(payload, timePath);
  if (id === null || time === null) return null;
  return time === '' ? String(id) : `${id} at ${time}`;
}

export function labelsOf(payload: Payload, path: string): readonly string[] {
  return textsIn(payload, path, 'name');
}

/** Ticking a box or adding a reaction may send `edited` with the words as they were, or without `changes.body`. */
export function isUnchanged(payload: Payload, path: string): boolean {
  const before = read(payload, 'changes.body.from');
  return before === undefined || before === read(payload, path);
}
