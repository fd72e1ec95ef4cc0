import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GithubDouble, startGithubDouble } from '../doubles/github-double.ts';
import type { HookSpec } from '../doubles/github-hook-settings.ts';
import { createGithubHooks, type GithubHooks } from '../doubles/github-hooks.ts';
import { dataDir } from './data-dir.ts';
import { serverInProcess } from './in-process.ts';
import { freePort, type RunningTidings, SECRET } from './tidings-process.ts';

export const PUBLIC_URL = 'https://tidings.example.org';
export const HOOK_URL = `${PUBLIC_URL}/webhooks/github`;
const TOKEN = 'ghp_a_token_that_is_never_shown';

/** GitHub, with a way for its calls to a port of this machine, and the settings of an installation there. */
export interface Connected extends AsyncDisposable {
  readonly path: string;
  readonly github: GithubDouble;
  readonly hooks: GithubHooks;
  readonly env: Readonly<Record<string, string>>;
  /** Settings without GITHUB_TOKEN. */
  readonly tokenless: Readonly<Record<string, string>>;
  serve(env?: Readonly<Record<string, string>>): Promise<RunningTidings>;
  /** A healthy webhook of acme/api that calls here, but for `changes`. */
  hook(changes?: Partial<HookSpec>): void;
  /** A `gh` on the PATH that is signed in to `host`. */
  gh(host: string): Promise<Readonly<Record<string, string>>>;
}

export async function connected(): Promise<Connected> {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await dataDir());
  const github = stack.use(await startGithubDouble({ token: TOKEN }));
  const hooks = createGithubHooks();
  github.mount(hooks.route);
  const port = await freePort();
  hooks.routes.set(PUBLIC_URL, `http://127.0.0.1:${port}`);
  const tokenless = {
    PORT: String(port),
    GITHUB_API_URL: github.url,
    PUBLIC_URL,
    DATA_DIR: path,
    GITHUB_WEBHOOK_SECRET: SECRET,
  };
  const owned = stack.move();
  return {
    path,
    github,
    hooks,
    env: { ...tokenless, GITHUB_TOKEN: TOKEN },
    tokenless,
    async serve(env = {}) {
      const server = await serve(path, { ...tokenless, ...env });
      owned.use(server);
      return server;
    },
    hook(changes = {}) {
      const events = ['issues', 'pull_request', 'star'];
      hooks.add({
        root: '/repos/acme/api',
        id: 7,
        url: HOOK_URL,
        secret: SECRET,
        events,
        contentType: 'json',
        ...changes,
      });
    },
    async gh(host) {
      const bin = join(path, 'bin');
      await mkdir(bin);
      const script = `#!/bin/sh\n[ "$*" = "auth token --hostname ${host}" ] && echo ${TOKEN} && exit 0\nexit 1\n`;
      await writeFile(join(bin, 'gh'), script);
      await chmod(join(bin, 'gh'), 0o755);
      return { PATH: `${bin}:${process.env['PATH']}` };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** With PUBLIC_URL `/readyz` takes a token: who waits for it without one would wait in vain. */
function serve(path: string, env: Readonly<Record<string, string>>): Promise<RunningTidings> {
  return serverInProcess('start', path, { ...env, PUBLIC_URL: undefined });
}
