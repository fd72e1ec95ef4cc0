import { receiverUrl } from '../../config/receiver-url.ts';
import type { Archive } from '../../model/inbox/archive.ts';
import { type HookOwner, ownerText, parseOwner } from '../../model/recovery.ts';
import { WebhookError } from '../../model/webhooks.ts';
import type { LoadedApp } from '../../run/app-port.ts';
import { neededEvents } from '../../sources/github/hook-events.ts';
import { inspect } from '../github/inspect.ts';
import { secretWords } from '../place-words.ts';
import { type Finding, fail, ok, warn } from './check.ts';
import { isDatabaseMissing } from './check-storage.ts';

/** Whose webhook is looked at, and whether the configuration names it (a repository's events may come by another one). */
interface Known {
  readonly owner: HookOwner;
  readonly source: LoadedApp['config']['sources'][number];
  readonly isNamed: boolean;
}

const EVENTS_SEEN = 50;
const REPOS_SEEN = 3;

/** Asks GitHub about the webhooks that call here, those under `recover:` or else of repositories heard of lately. */
export async function checkGithub(app: LoadedApp, invocation: string): Promise<readonly Finding[]> {
  const { config } = app;
  if (!config.rowSettings['github_token']) return [ok('github', 'not asked: no GITHUB_TOKEN')];
  const named = config.sources.flatMap((source) =>
    ((source.settings['recover'] ?? []) as readonly string[]).flatMap((text) => {
      const owner = parseOwner(text);
      return owner === null ? [] : [{ owner, source, isNamed: true }];
    }),
  );
  const all = (named.length > 0 ? named : await seenLately(app)).filter(({ owner }) => owner.kind !== 'app');
  if (all.length === 0)
    return [ok('github', 'not asked: no repository is known yet (recover: in tidings.yaml names one)')];
  const findings: Finding[] = [];
  for (const known of all) findings.push(...(await checkOwner(app, known, invocation)));
  return findings;
}

async function checkOwner(app: LoadedApp, known: Known, invocation: string): Promise<readonly Finding[]> {
  const { owner, source, isNamed } = known;
  const name = 'github';
  const command = `${invocation} github connect ${ownerText(owner)}`;
  try {
    const opened = await app.webhooks(owner);
    if (opened === null) return [];
    const { hook, faults } = await inspect(opened.webhooks, {
      owner,
      url: receiverUrl(app.config, source.name),
      events: neededEvents(app.config.rules, owner.kind).events,
      source: source.name,
      secretFrom: secretWords(source),
      command,
    });
    const isElsewhere = !isNamed && faults.some(({ kind }) => kind === 'no_hook');
    if (isElsewhere) return [ok(name, `${ownerText(owner)} has no webhook of its own that calls here`)];
    if (faults.length === 0) return [ok(name, `webhook ${hook?.id} of ${ownerText(owner)} sends what the rules need`)];
    return faults.map(({ detail, fix }) => fail(name, `webhook of ${ownerText(owner)}: ${detail}`, fix));
  } catch (error) {
    return [refused(error, known, command)];
  }
}

/** @throws what is no word of GitHub's */
function refused(error: unknown, { owner, isNamed }: Known, command: string): Finding {
  if (!(error instanceof WebhookError)) throw error;
  const fix = 'Give GITHUB_TOKEN a token that may, or unset it.';
  if (error.reason === 'unreachable') return warn('github', error.message, `Later: ${command} --check`);
  const isToken = /\(401\)/.test(error.message);
  if (isNamed || isToken) return fail('github', error.message, fix);
  return ok('github', `not asked: GITHUB_TOKEN may not read the webhooks of ${ownerText(owner)}`);
}

async function seenLately(app: LoadedApp): Promise<readonly Known[]> {
  const [source, ...others] = app.config.sources;
  if (source === undefined || others.length > 0 || isDatabaseMissing(app.config)) return [];
  const repos = await reposOf(app).catch(() => []);
  return repos.flatMap((repo) => {
    const owner = parseOwner(repo);
    return owner === null ? [] : [{ owner, source, isNamed: false }];
  });
}

/** What is wrong with the database is another check's to say. */
async function reposOf(app: LoadedApp): Promise<readonly string[]> {
  await using archive: Archive & AsyncDisposable = await app.openArchive({ readOnly: true });
  const events = await archive.list({ limit: EVENTS_SEEN });
  const repos = events.flatMap(({ repo, origin }) => (repo === null || origin !== 'webhook' ? [] : [repo]));
  return [...new Set(repos)].slice(0, REPOS_SEEN);
}
