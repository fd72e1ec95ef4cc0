import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newSecret } from '../../src/shared/ids.ts';
import { Secret } from '../../src/shared/secret.ts';

const BIN = fileURLToPath(new URL('../../bin/tidings.js', import.meta.url));
const START_LIMIT_MS = 15_000;

export interface Role {
  readonly pid: number;
  /** All that it said on stderr: its banner and its log, one JSON object a line. */
  said(): string;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
}

/** A data folder of its own, the processes that live in it, and nothing of the caller's settings. */
export interface Sandbox extends Disposable {
  readonly dir: string;
  readonly databasePath: string;
  readonly secret: Secret;
  receive(): Promise<Role & { readonly url: string }>;
  work(): Promise<Role>;
  /** Any other command; what it prints appears on our stdout. Resolves with its exit code. */
  run(...args: readonly string[]): Promise<number | null>;
}

export function openSandbox(): Sandbox {
  const dir = mkdtempSync(join(tmpdir(), 'tidings-demo-'));
  const secret = new Secret(newSecret());
  const children = new Set<ChildProcess>();
  const env = {
    ...pick(process.env, ['PATH', 'HOME', 'TERM', 'COLORTERM', 'NO_COLOR', 'TMPDIR', 'LANG']),
    DATA_DIR: join(dir, 'data'),
    PORT: '0',
    GITHUB_WEBHOOK_SECRET: secret.reveal(),
    LOG_LEVEL: 'warn',
  };

  function start(stdout: 'inherit' | 'ignore', args: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, [BIN, ...args], { cwd: dir, env, stdio: ['ignore', stdout, 'pipe'] });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return child;
  }

  const role = (name: RoleName, sign: RegExp) => bannerSays(sign, name, start('inherit', [name]));

  return {
    dir,
    databasePath: join(dir, 'data', 'tidings.db'),
    secret,
    async receive() {
      const receiver = await role('receive', /\/webhooks\/github\s/);
      const url = /https?:\S+\/webhooks\/github/.exec(receiver.said())?.[0] ?? '';
      return { ...receiver, url };
    },
    work: () => role('work', /Telling/),
    async run(...args) {
      const child = start('inherit', args);
      child.stderr?.pipe(process.stderr, { end: false });
      const [code] = await once(child, 'exit');
      return code;
    },
    /** Synchronous, so that it also works while the process exits. Nothing in the folder is worth a graceful stop. */
    [Symbol.dispose]() {
      for (const child of children) child.kill('SIGKILL');
      rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
}

type RoleName = 'receive' | 'work';

/** Resolves as soon as the banner says `sign`. */
async function bannerSays(sign: RegExp, name: RoleName, child: ChildProcess): Promise<Role> {
  let said = '';
  const ready = Promise.withResolvers<void>();
  const fail = (why: string) => ready.reject(new Error(`${name} ${why}:\n${said}`));
  const timer = setTimeout(() => fail(`did not start within ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (sign.test(said)) ready.resolve();
  });
  child.once('error', (error) => fail(error.message));
  child.once('exit', () => fail('ended'));
  await ready.promise.finally(() => clearTimeout(timer));
  return {
    pid: child.pid ?? 0,
    said: () => said,
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
