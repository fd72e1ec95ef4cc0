import { plain } from '../plain.ts';
import { changelog } from './changelog.ts';
import { dependabot } from './dependabot.ts';
import type { Form } from './form.ts';
import { allContributors, automated, imgBot, weblate } from './other-bots.ts';
import { preCommit, snyk, updaters } from './other-updates.ts';
import { renovate } from './renovate.ts';
import { filled } from './template.ts';

/** GitHub's and GitLab's bodies are shorter, or cut there. */
const READ = 65_536;
/** Of a bot's body. The longest ones that bots write have some 1,500; more, and shorter ones, only a forger sends. */
const LINES = 4_000;

/** The first one that knows a body tells it. */
const FORMS: readonly Form[] = [
  renovate,
  dependabot,
  snyk,
  changelog,
  preCommit,
  allContributors,
  weblate,
  imgBot,
  updaters,
  automated,
];

/**
 * What the body of a pull request, an issue or a release says, in Markdown: of a known bot's what changes, in at most 8 lines;
 * of a template's what was filled in; any other as it is. Null when nothing is said. Never throws; linear in the body's
 * length, of which 65,536 characters are read. `author` is a login.
 */
export function gist(body: string | null, author: string | null): string | null {
  if (body === null) return null;
  const text = plain(body.slice(0, READ));
  const read = {
    text,
    lines: text.split('\n', LINES).map((line) => line.trimEnd()),
    author: author?.toLowerCase() ?? '',
  };
  for (const form of FORMS) {
    const lines = form(read);
    if (lines !== null) return lines.length === 0 ? null : lines.join('\n');
  }
  return filled(body.slice(0, READ));
}
