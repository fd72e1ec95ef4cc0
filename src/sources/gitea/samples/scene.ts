import { createHash } from 'node:crypto';
import type { Scene } from '../../../model/plugin/samples.ts';

/** Gitea's objects, as JSON has them. */
export type Json = Readonly<Record<string, unknown>>;

interface Work {
  readonly branch: string;
  readonly title: string;
  readonly text: string;
  readonly comment: string;
}

const WORKS: readonly [Work, ...Work[]] = [
  {
    branch: 'retry-uploads',
    title: 'Retry uploads that time out',
    text: 'Uploads fail on slow lines. This tries each part three times.',
    comment: 'Could the **limit** be a setting?',
  },
  {
    branch: 'faster-search',
    title: 'Search by prefix',
    text: 'An index on names: 40 ms instead of 2 s.',
    comment: 'How large does the index get?',
  },
  {
    branch: 'dark-mode',
    title: 'Colours for dark mode',
    text: 'Follows the system, and can be set.',
    comment: 'Looks good on my phone.',
  },
];

const LOGINS = ['mona', 'hubert', 'lena-k', 'priya'] as const;
const SERVER = 'https://git.example.org';
export const SITE = `${SERVER}/acme/api`;

export function work({ n }: Scene): Work {
  return WORKS[n % WORKS.length] ?? WORKS[0];
}

/** Of issues and pull requests. */
export function numberOf({ n }: Scene): number {
  return n + 12;
}

/** `later` seconds after the scene. */
export function at({ now }: Scene, later = 0): string {
  return new Date(now + later * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** 40 digits, the same for the same scene and `of`. */
export function hash({ n, now }: Scene, of: string): string {
  return createHash('sha1').update(`${of} ${n} ${now}`).digest('hex');
}

/** The `of`th person beside the scene's own. */
export function user({ n }: Scene, of = 0): Json {
  const at = (n + of) % LOGINS.length;
  const login = LOGINS[at] ?? LOGINS[0];
  const name = `${login.charAt(0).toUpperCase()}${login.slice(1)}`;
  return { id: at + 1, login, username: login, full_name: name, html_url: `${SERVER}/${login}` };
}

export function repository(): Json {
  const owner = { id: 9, login: 'acme', username: 'acme' };
  return { id: 140, name: 'api', full_name: 'acme/api', owner, private: true, html_url: SITE, default_branch: 'main' };
}
