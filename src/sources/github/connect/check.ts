import { type Finding, fail, ok, warn } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import type { SourceHere } from '../../../model/plugin/source-here.ts';
import { type HookOwner, ownerText, parseOwner } from '../../../model/recovery.ts';
import { neededEvents } from '../hooks/hook-events.ts';
import { openWebhooks } from '../hooks/open-webhooks.ts';
import { WebhookError } from '../hooks/webhooks.ts';
import type { GithubSettings } from '../settings.ts';
import { inspect } from './inspect.ts';

/** Whose webhook is looked at, and whether the configuration names it (a repository's events may come by another one). */
interface Known {
  readonly owner: HookOwner;
  readonly isNamed: boolean;
}

interface Checked {
  readonly source: SourceHere<GithubSettings>;
  readonly asking: Asking;
}

const NAME = 'github';
const EVENTS_SEEN = 50;
const REPOS_SEEN = 3;

/** Asks GitHub about the webhooks that call here, those under `recover:` or else of repositories heard of lately. */
export async function check(
  source: SourceHere<GithubSettings>,
  recover: readonly HookOwner[],
  asking: Asking,
): Promise<readonly Finding[]> {
  if (source.settings.token === null) return [ok(NAME, 'not asked: no GITHUB_TOKEN')];
  const named = recover.map((owner) => ({ owner, isNamed: true }));
  const all = (named.length > 0 ? named : await seenLately(source)).filter(({ owner }) => owner.kind !== 'app');
  if (all.length === 0) return [ok(NAME, 'not asked: no repository is known yet (recover: in tidings.yaml names one)')];
  const findings: Finding[] = [];
  for (const known of all) findings.push(...(await checkOwner(known, { source, asking })));
  return findings;
}

async function checkOwner(known: Known, { source, asking }: Checked): Promise<readonly Finding[]> {
  const { owner, isNamed } = known;
  const { invocation } = asking;
  const command = `${invocation} connect github ${ownerText(owner)}`;
  try {
    const opened = await openWebhooks(source.settings, owner, asking);
    if (opened === null) return [];
    const { hook, faults } = await inspect(opened.webhooks, {
      owner,
      url: source.url,
      events: neededEvents(source.rules, owner.kind).events,
      source: source.name,
      secretFrom: source.secretFrom,
      invocation,
      command,
    });
    const isElsewhere = !isNamed && faults.some(({ kind }) => kind === 'no_hook');
    if (isElsewhere) return [ok(NAME, `${ownerText(owner)} has no webhook of its own that calls here`)];
    if (faults.length === 0) return [ok(NAME, `webhook ${hook?.id} of ${ownerText(owner)} sends what the rules need`)];
    return faults.map(({ detail, fix }) => fail(NAME, `webhook of ${ownerText(owner)}: ${detail}`, fix));
  } catch (error) {
    return [refused(error, known, command)];
  }
}

/** @throws what is no word of GitHub's */
function refused(error: unknown, { owner, isNamed }: Known, command: string): Finding {
  if (!(error instanceof WebhookError)) throw error;
  const fix = 'Give GITHUB_TOKEN a token that may, or unset it.';
  if (error.reason === 'unreachable') return warn(NAME, error.message, `Later: ${command} --check`);
  const isToken = /\(401\)/.test(error.message);
  if (isNamed || isToken) return fail(NAME, error.message, fix);
  return ok(NAME, `not asked: GITHUB_TOKEN may not read the webhooks of ${ownerText(owner)}`);
}

async function seenLately(source: SourceHere<GithubSettings>): Promise<readonly Known[]> {
  if (!source.isOnly || !source.hasDatabase()) return [];
  const repos = await reposOf(source).catch(() => []);
  return repos.flatMap((repo) => {
    const owner = parseOwner(repo);
    return owner === null ? [] : [{ owner, isNamed: false }];
  });
}

/** What is wrong with the database is another check's to say. */
async function reposOf(source: SourceHere<GithubSettings>): Promise<readonly string[]> {
  await using archive = await source.openArchive();
  const events = await archive.list({ limit: EVENTS_SEEN });
  const repos = events.flatMap(({ repo, origin }) => (repo === null || origin !== 'webhook' ? [] : [repo]));
  return [...new Set(repos)].slice(0, REPOS_SEEN);
}
