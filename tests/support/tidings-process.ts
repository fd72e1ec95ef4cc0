import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve as resolvePath } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Heard, hear } from './heard.ts';
import { PATIENCE_MS } from './patience.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const SECRET = 'a-secret-for-tests-and-benchmarks';
/** V8 has as few threads there as here, where `npm test` says how many: a tenth of what a start takes. */
export const V8 = process.execArgv.find((flag) => flag.startsWith('--v8-pool-size='));

/** A Tidings that runs, in a process of its own or in this one (in-process.ts). */
export interface RunningTidings extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Everything printed so far. */
  readonly output: Heard['output'];
  /** Resolves with the exit code (null after a signal) when it has ended and all its output has been read. */
  readonly ended: Promise<number | null>;
  readonly printed: Heard['printed'];
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface TidingsProcess extends RunningTidings {
  readonly child: ChildProcess;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
}

/**
 * Runs `tidings <args>` as a user would: a real process, on a free port, in its own data folder, with no other settings.
 * `input` is piped in.
 */
export function runTidings(
  args: readonly string[],
  dataDir: string,
  env: Readonly<Record<string, string | undefined>> = {},
  input: string | null = null,
): Promise<TidingsProcess> {
  return runScript('bin/tidings.js', args, dataDir, env, input);
}

/** `npm run example <name> -- <args>`, as `runTidings` does it; compiled code is kept. */
export function runExample(
  name: string,
  dataDir: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<TidingsProcess> {
  const { NODE_COMPILE_CACHE } = process.env;
  return runScript('examples/run.ts', [name, ...args], dataDir, { NODE_COMPILE_CACHE, ...env });
}

/** Any program, by its path from the root of the checkout or an absolute one, with the same settings. */
export async function runScript(
  script: string,
  args: readonly string[],
  dataDir: string,
  env: Readonly<Record<string, string | undefined>>,
  input: string | null = null,
): Promise<TidingsProcess> {
  const port = Number(env['PORT'] ?? (await freePort()));
  const child = spawn(process.execPath, [resolvePath(ROOT, script), ...args], {
    cwd: dataDir,
    stdio: [input === null ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATA_DIR: dataDir,
      PORT: String(port),
      GITHUB_WEBHOOK_SECRET: SECRET,
      LOG_LEVEL: 'warn',
      NO_COLOR: '1',
      NODE_OPTIONS: V8,
      ...env,
    },
  });
  // A command that does not read has closed its end.
  child.stdin?.on('error', () => {}).end(input);
  const exited = once(child, 'exit');
  const { output, add, printed } = hear(exited);
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => add(name, text));
  }
  const ended = once(child, 'close').then(() => child.exitCode);

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return child.exitCode;
  }

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    child,
    output,
    ended,
    printed,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    [Symbol.asyncDispose]: async () => void (await end('SIGTERM')),
  };
}

/** Its last line is the next step, behind an empty one. It answers before. */
export const BANNER = /^Tidings \S+ · node[^]*\n\n.+\n/m;

/** `start` or `receive`, ready to be called, and done with its first screen. */
export async function runServer(
  role: 'start' | 'receive',
  dataDir: string,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<TidingsProcess> {
  const server = await runTidings([role], dataDir, env);
  await server.printed(BANNER);
  await ready(server);
  return server;
}

/** Resolves when `/readyz` says yes; with `healthz`, as soon as it answers at all. */
export async function ready(server: RunningTidings, probe: 'readyz' | 'healthz' = 'readyz'): Promise<void> {
  let hasEnded = false;
  void server.ended.then(() => (hasEnded = true));
  for (let deadline = Date.now() + PATIENCE_MS, pauseMs = 10; ; pauseMs = Math.min(100, pauseMs * 1.5)) {
    try {
      if ((await fetch(`${server.url}/${probe}`)).ok) return;
    } catch {
      // It does not listen yet.
    }
    if (hasEnded || Date.now() > deadline) {
      throw new Error(`it did not become ready:\n${server.output.stdout}\n--- stderr\n${server.output.stderr}`);
    }
    await setTimeout(pauseMs);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
