import { type RunOptions, type RunResult, runWith } from '../cli/test-cli.ts';
import { hear } from './heard.ts';
import { BANNER, freePort, type RunningTidings, ready, SECRET } from './tidings-process.ts';

// For what is about words, answers and exit codes. What is about signals, streams, memory or a death takes a process.

type Env = Readonly<Record<string, string | undefined>>;

/** `tidings <args>` with all its parts, in this process: without the half second that starting one takes. `input` is piped in. */
export function inProcess(
  args: readonly string[],
  dataDir: string,
  env: Env = {},
  input: string | null = null,
): Promise<RunResult> {
  // A port nobody uses.
  return runIn(args, dataDir, { PORT: '1', ...env }, { piped: input ?? '' });
}

/** `tidings <args>` that goes on until it is stopped, in this process, on a free port. */
export async function beginInProcess(args: readonly string[], dataDir: string, env: Env = {}): Promise<RunningTidings> {
  const port = Number(env['PORT'] ?? (await freePort()));
  const signal = new AbortController();
  const ending = Promise.withResolvers<number>();
  const { output, add, printed } = hear(ending.promise);
  const options: RunOptions = {
    stop: signal.signal,
    onStdout: (_, last) => add('stdout', last),
    onStderr: (_, last) => add('stderr', last),
  };
  void runIn(args, dataDir, { ...env, PORT: String(port) }, options).then(({ code }) => ending.resolve(code));
  const stop = () => {
    signal.abort();
    return ending.promise;
  };
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    output,
    ended: ending.promise,
    printed,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

/** `start` or `receive` in this process, ready to be called, and done with its first screen. */
export async function serverInProcess(
  role: 'start' | 'receive',
  dataDir: string,
  env: Env = {},
): Promise<RunningTidings> {
  const server = await beginInProcess([role], dataDir, env);
  await server.printed(BANNER);
  await ready(server);
  return server;
}

function runIn(args: readonly string[], cwd: string, env: Env, options: RunOptions): Promise<RunResult> {
  const { PATH, HOME } = process.env;
  const all = { PATH, HOME, DATA_DIR: cwd, GITHUB_WEBHOOK_SECRET: SECRET, LOG_LEVEL: 'warn', ...env };
  return runWith({ env: all, cwd }, args, options);
}
