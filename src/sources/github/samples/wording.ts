import type { Scene } from '../../../model/plugin/samples.ts';
import { pick } from './scene.ts';

/*
 * Titles are mixed from lists whose lengths share no factor, so that neighbours differ in every word and a title comes
 * back only after 12·7·5 = 420 issues or 11·8·7 = 616 pull requests.
 */
const THINGS = [
  'Upload',
  'CSV export',
  'Search',
  'Login',
  'Webhook retry',
  'Invoice e-mail',
  'Avatar preview',
  'Rate limiter',
  'Audit log',
  'Password reset',
  'Nightly backup',
  'Dashboard',
] as const;
const FAULTS = [
  'starts again from zero',
  'times out',
  'fails without a message',
  'shows a blank page',
  'loses the last entry',
  'ignores the time zone',
  'answers 500',
] as const;
const WHENS = [
  'after a dropped connection',
  'behind a proxy',
  'on large projects',
  'with two accounts',
  'since the last release',
] as const;

const VERBS = ['Retry', 'Cache', 'Validate', 'Stream', 'Log', 'Speed up', 'Simplify', 'Test'] as const;
const OBJECTS = [
  'uploads',
  'CSV exports',
  'search queries',
  'logins',
  'webhook calls',
  'invoice e-mails',
  'avatar previews',
  'audit log writes',
  'password resets',
  'nightly backups',
  'dashboard queries',
] as const;
const CIRCUMSTANCES = [
  'after a dropped connection',
  'behind a proxy',
  'on large projects',
  'under load',
  'in the background worker',
  'with a deadline',
  'across regions',
] as const;

export function issueTitle({ n }: Scene): string {
  return `${pick(THINGS, n)} ${pick(FAULTS, n)} ${pick(WHENS, n)}`;
}

export function issueBody({ n }: Scene): string {
  return [
    `It happens about one time in ${3 + (n % 9)}, and only ${pick(WHENS, n)}.`,
    '',
    '### Steps',
    '1. Sign in as a member of two projects',
    `2. Open **${pick(THINGS, n)}**`,
    '3. Wait for a minute',
    '',
    '### Expected',
    'It goes on where it stopped.',
    '',
    '```',
    `api ${2 + (n % 3)}.${n % 10}.0 on Node 24, request took ${900 + ((n * 37) % 4_000)} ms`,
    '```',
  ].join('\n');
}

export function pullRequestTitle({ n }: Scene): string {
  return `${pick(VERBS, n)} ${pick(OBJECTS, n)} ${pick(CIRCUMSTANCES, n)}`;
}

/** `retry-uploads` */
export function branchName({ n }: Scene): string {
  return `${pick(VERBS, n)} ${pick(OBJECTS, n)}`.toLowerCase().replaceAll(' ', '-');
}

export function pullRequestBody(scene: Scene): string {
  return [
    `Tries up to ${2 + (scene.n % 4)} times with growing pauses, then gives up with a clear error.`,
    '',
    '- [x] tests',
    '- [x] changelog',
    `- [ ] measured ${pick(CIRCUMSTANCES, scene.n)}`,
    '',
    `Closes #${30 + scene.n}`,
  ].join('\n');
}

/** With bold, links and code, so that a renderer has something to convert. */
const REMARKS = [
  'I can reproduce this on `main`. Bisecting now.',
  'Thanks! Could you try it with the **latest** build and post the log?',
  'The second request never gets its header, see [the trace](https://example.com/trace).',
  'Works for me with two accounts, so it must be the proxy.',
  'Nice find. Let us cap it at three tries and log the last error.',
  'Would a smaller page size be enough here?',
  'This reads well. One question about the deadline below.',
] as const;

export function remark({ n }: Scene): string {
  return pick(REMARKS, n);
}
