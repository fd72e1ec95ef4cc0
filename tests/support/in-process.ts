import { type RunOptions, runWith } from '../cli/test-cli.ts';
import { type Heard, hear } from './heard.ts';
import type { Finished } from './run-command.ts';
import { BANNER, freePort, type RunningTidings, ready, SECRET } from './tidings-process.ts';

// The whole program in the test's process, with all its layers, but with streams of our own: for what is about words, answers and exit
// codes. What is about signals, streams, memory or a death takes a process.

type Env = Readonly<Record<string, string | undefined>>;

export interface Place {
  readonly cwd: string;
  readonly env: Env;
  /** Piped in. */
  readonly input?: string;
  /** At a terminal of this width: lines are folded, and the log speaks in sentences. */
  readonly columns?: number;
}

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order of writing. */
  readonly shown: string;
}

export interface Running extends Pick<Heard, 'output' | 'printed'> {
  readonly ended: Promise<Ran>;
  stop(): Promise<Ran>;
}

/** `tidings <argv>` with no other settings, until it ends or is stopped. */
export function begin(argv: readonly string[], { cwd, env, input, columns }: Place): Running {
  const stop = new AbortController();
  const ending = Promise.withResolvers<Ran>();
  const { output, add, printed } = hear(ending.promise);
  const options: RunOptions = {
    stop: stop.signal,
    onStdout: (_, last) => add('stdout', last),
    onStderr: (_, last) => add('stderr', last),
    ...(input === undefined ? {} : { piped: input }),
    ...(columns === undefined ? {} : { tty: true, columns }),
  };
  const running = runWith({ cwd, env, invocation: 'npx tidings' }, argv, options);
  running.then((result) => ending.resolve({ ...result, shown: output.shown }), ending.reject);
  return {
    output,
    printed,
    ended: ending.promise,
    stop: () => {
      stop.abort();
      return ending.promise;
    },
  };
}

/** To its end. */
export function ran(argv: readonly string[], place: Place): Promise<Ran> {
  return begin(argv, place).ended;
}

/** As `runCommand`, without the half second that starting a process takes. */
export function inProcess(
  args: readonly string[],
  dataDir: string,
  env: Env = {},
  input: string | null = null,
): Promise<Finished> {
  // A port nobody uses.
  return ran(args, { cwd: dataDir, env: settings(dataDir, { PORT: '1', ...env }), input: input ?? '' });
}

/** As `runTidings`, for what goes on until it is stopped. */
export async function beginInProcess(args: readonly string[], dataDir: string, env: Env = {}): Promise<RunningTidings> {
  const port = Number(env['PORT'] ?? (await freePort()));
  const running = begin(args, { cwd: dataDir, env: settings(dataDir, { ...env, PORT: String(port) }) });
  const stop = async () => (await running.stop()).code;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    output: running.output,
    ended: running.ended.then(({ code }) => code),
    printed: running.printed,
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
  // Where a token is needed, only this answers without one.
  const isClosed = Boolean(env['PUBLIC_URL']) || env['LOOPBACK_OPEN'] === 'false';
  await ready(server, isClosed ? 'healthz' : 'readyz');
  return server;
}

function settings(dataDir: string, env: Env): Env {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, DATA_DIR: dataDir, GITHUB_WEBHOOK_SECRET: SECRET, LOG_LEVEL: 'warn', ...env };
}
