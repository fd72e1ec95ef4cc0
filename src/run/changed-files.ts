import type { Config } from '../config/config.ts';
import type { ChangedFiles } from '../model/changed-files.ts';
import type { Rule } from '../model/rule.ts';
import { systemClock } from '../shared/clock.ts';

/** Null: no rule asks for changed files, or there is no GITHUB_TOKEN to ask with. Loaded at the first question. */
export function changedFiles(
  { rules, githubToken: token, githubApiUrl: apiUrl }: Pick<Config, 'rules' | 'githubToken' | 'githubApiUrl'>,
  version: string,
): ChangedFiles | null {
  if (token === null || !rules.some(asksForPaths)) return null;
  let loaded: Promise<ChangedFiles> | undefined;
  const load = async (): Promise<ChangedFiles> => {
    const { createChangedFiles } = await import('../sources/github/api/changed-files.ts');
    return createChangedFiles({ token, apiUrl, version, clock: systemClock });
  };
  return async (question, signal) => (await (loaded ??= load()))(question, signal);
}

function asksForPaths({ on }: Rule): boolean {
  return [...on.values()].some(({ paths }) => paths !== null);
}
