import { createHash } from 'node:crypto';
import type { Scene } from '../../../model/plugin/samples.ts';

/** Bitbucket's objects, as JSON has them. */
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
    text: 'Uploads fail on slow lines. This tries each part three times.\r\n\r\n\u200c',
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

const PEOPLE = ['Mona Lisa', 'Hubert Park', 'Lena Krüger', 'Priya Kaur'] as const;
const REPO = 'acme/api';
export const SITE = `https://bitbucket.org/${REPO}`;

export function work({ n }: Scene): Work {
  return WORKS[n % WORKS.length] ?? WORKS[0];
}

/** From 1 upward; two samples in a row differ. */
export function numberOf({ n }: Scene): number {
  return n + 12;
}

/** `2026-01-01T00:00:00.000000+00:00`, `later` seconds after the scene. */
export function at({ now }: Scene, later = 0): string {
  return new Date(now + later * 1000).toISOString().replace('Z', '000+00:00');
}

/** 40 digits, the same for the same scene and `of`. */
export function hash({ n, now }: Scene, of: string): string {
  return createHash('sha1').update(`${of} ${n} ${now}`).digest('hex');
}

export function html(address: string): Json {
  return { html: { href: address } };
}

/** The `of`th person beside the scene's own. */
export function account({ n }: Scene, of = 0): Json {
  const name = PEOPLE[(n + of) % PEOPLE.length] ?? PEOPLE[0];
  const uuid = `{${createHash('md5').update(name).digest('hex')}}`;
  return {
    display_name: name,
    nickname: name,
    type: 'user',
    uuid,
    account_id: `557058:${uuid.slice(1, 13)}`,
    links: html(`https://bitbucket.org/${encodeURIComponent(uuid)}/`),
  };
}

export function repository(): Json {
  return {
    type: 'repository',
    full_name: REPO,
    name: 'api',
    scm: 'git',
    is_private: true,
    workspace: { type: 'workspace', slug: 'acme', name: 'Acme' },
    links: html(SITE),
  };
}

export function content(raw: string): Json {
  return { type: 'rendered', raw, markup: 'markdown', html: `<p>${raw}</p>` };
}
