import { createHash } from 'node:crypto';
import type { Forgotten } from '../model/inbox/forgetting.ts';
import { FORGOTTEN } from '../model/pruning/gone.ts';

// What is about somebody or something, and what is left of it. The same for every engine.

export interface About {
  /** A body, as JSON or in GitHub's form encoding. */
  isInBody(body: Buffer): boolean;
  isInText(text: string): boolean;
  /** Whether a repository's name says it. */
  isRepo(repo: string | null): boolean;
  /** A key that names it, as a digest; others as they are. */
  key(key: string): string;
}

const QUOTE = '(?:"|%22)';
const COLON = '(?:\\s|%20|\\+)*(?::|%3A)(?:\\s|%20|\\+)*';

export function aboutOf({ repos, logins }: Forgotten): About {
  const names = [
    ...repos.map(
      (repo) => `${QUOTE}full_name${QUOTE}${COLON}${QUOTE}${quoted(repo).replace('/', '(?:\\\\?/|%2F)')}${QUOTE}`,
    ),
    ...logins.map((login) => `${QUOTE}login${QUOTE}${COLON}${QUOTE}${quoted(login)}${QUOTE}`),
  ];
  const body = new RegExp(names.join('|'), 'i');
  const word = new RegExp(`(?<![\\w-])(?:${[...repos, ...logins].map(quoted).join('|')})(?![\\w-])`, 'i');
  const lower = new Set(repos.map((repo) => repo.toLowerCase()));
  const owners = new Set(logins.map((login) => login.toLowerCase()));
  return {
    isInBody: (bytes) => body.test(bytes.toString('latin1')),
    isInText: (text) => word.test(text),
    isRepo: (repo) =>
      repo !== null && (lower.has(repo.toLowerCase()) || owners.has(repo.toLowerCase().split('/')[0] ?? '')),
    key: (key) => (word.test(key) ? `${FORGOTTEN}:${createHash('sha256').update(key).digest('base64')}` : key),
  };
}

function quoted(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A row of an event as a look at it needs it. */
export interface AboutRow {
  readonly id: number;
  readonly repo: string | null;
  readonly reason: string | null;
  readonly hasBody: number | boolean;
  readonly isPending: number | boolean;
  readonly untold: number;
  /** Where its body is gone: all else that is kept of it, end to end. */
  readonly texts: string | null;
}

/** Whether there is something to forget. `stored`: headers and body; null where they are gone. */
export function isAbout(about: About, { repo, reason, hasBody, texts }: AboutRow, stored: Buffer | null): boolean {
  // An earlier run was cut off in between.
  if (reason === FORGOTTEN && hasBody) return true;
  return about.isRepo(repo) || (stored !== null && about.isInBody(stored)) || (texts !== null && about.isInText(texts));
}
