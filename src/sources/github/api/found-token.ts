import { execFile } from 'node:child_process';
import { tokenProblem } from '../../../config/parts/token-problem.ts';
import { Secret } from '../../../shared/secret.ts';
import { githubHost } from '../github-host.ts';
import type { GithubSettings } from '../settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

interface FoundToken {
  readonly token: Secret;
  readonly from: 'GITHUB_TOKEN' | 'gh auth token';
}

const PATIENCE_MS = 5_000;

/** GITHUB_TOKEN, else the one that GitHub's own command line is signed in with. Null: neither. */
export async function foundToken(
  { token: given, api_url: apiUrl }: Pick<GithubSettings, 'token' | 'api_url'>,
  env: Env,
): Promise<FoundToken | null> {
  if (given !== null) return { token: given, from: 'GITHUB_TOKEN' };
  const host = githubHost(apiUrl);
  const text = await output('gh', ['auth', 'token', '--hostname', host], env);
  // What it prints beside a token is no token either.
  return text === null || text === '' || tokenProblem(text) !== undefined
    ? null
    : { token: new Secret(text), from: 'gh auth token' };
}

/** What a program prints. Null: it is not there, or failed. */
function output(program: string, args: readonly string[], env: Env): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, [...args], { env, timeout: PATIENCE_MS }, (error, stdout) =>
      resolve(error === null ? stdout.trim() : null),
    );
  });
}
