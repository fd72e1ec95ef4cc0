import { ConnectError } from '../../../model/plugin/connect.ts';
import { githubHost } from '../github-host.ts';
import { awaitAnyPing } from './await-ping.ts';
import { commandFor, knownUrl, type Setup } from './setup.ts';

/** What the page calls some of the events; the others there are near enough to their names. */
const PAGE_NAMES: Readonly<Record<string, string>> = {
  create: 'Branch or tag creation',
  delete: 'Branch or tag deletion',
  fork: 'Forks',
  issue_comment: 'Issue comments',
  issues: 'Issues',
  pull_request: 'Pull requests',
  pull_request_review: 'Pull request reviews',
  pull_request_review_comment: 'Pull request review comments',
  push: 'Pushes',
  release: 'Releases',
  star: 'Stars',
  watch: 'Watches',
  workflow_run: 'Workflow runs',
};

/** Without a token: what to paste at GitHub, and, where somebody is there to do it, the wait for the ping. */
export async function connectByHand(setup: Setup): Promise<void> {
  const { talk, options, source, needed } = setup;
  const url = knownUrl(setup);
  const isWatched = talk.hasTerminal;
  const shown = isWatched ? source.secrets[0] : undefined;
  const fields = [
    ['Payload URL', url],
    ['Content type', 'application/json'],
    ['Secret', shown ? String(shown) : source.secretFrom],
    ['SSL verification', 'Enable SSL verification'],
    ['Which events', choiceOf(needed.events)],
    ['Active', 'yes'],
  ] as const;
  talk.say('There is no token to make the webhook with (GITHUB_TOKEN, or `gh auth login`), so make it there:\n');
  talk.say(`  ${newHookPage(setup)}\n`);
  for (const [name, value] of fields) {
    const line = `  ${name.padEnd(16)}  ${value}`;
    if (shown) talk.sayOpenly(line, shown);
    else talk.say(line);
  }
  talk.say('');
  if (!isWatched) {
    throw new ConnectError(
      'failed',
      `No webhook was made. Paste the above at GitHub, or set GITHUB_TOKEN and type again: ${commandFor(setup)}`,
    );
  }
  await awaitAnyPing(setup, options.wait ?? 600);
}

function choiceOf(events: readonly string[]): string {
  if (events.includes('*')) return 'Send me everything';
  return `Let me select individual events: ${events.map(pageName).join(', ')}`;
}

/** https://docs.github.com/en/webhooks/using-webhooks/creating-webhooks */
function newHookPage({ source, owner }: Setup): string {
  const base = `https://${githubHost(source.settings.api_url)}`;
  switch (owner.kind) {
    case 'repository':
      return `${base}/${owner.owner}/${owner.repo}/settings/hooks/new`;
    case 'organisation':
      return `${base}/organizations/${owner.org}/settings/hooks/new`;
    case 'app':
      return `${base}/settings/apps`;
  }
}

function pageName(event: string): string {
  return PAGE_NAMES[event] ?? event.replaceAll('_', ' ');
}
