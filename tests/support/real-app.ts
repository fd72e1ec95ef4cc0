import { type CliIo, colorsFor, type Output } from '../../src/cli/cli-io.ts';
import { foldFor } from '../../src/cli/fold.ts';
import { logLine } from '../../src/cli/log-line.ts';
import { runCli } from '../../src/cli/run-cli.ts';

export interface Ran {
  readonly code: number;
  /** Standard output, standard error and the log, in this order of writing. */
  readonly shown: string;
}

export interface Running {
  readonly ended: Promise<Ran>;
  /** Everything shown so far. */
  shown(): string;
  /** Resolves when the pattern was shown. */
  saw(pattern: RegExp): Promise<void>;
  stop(): Promise<Ran>;
}

export interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** At a terminal of this width: lines are folded, and the log speaks in sentences. */
  readonly columns?: number;
}

/** The whole program in this process: `tidings <argv>` with all its layers, but with streams of our own. */
export function begin(argv: readonly string[], { cwd, env, input, columns }: Place): Running {
  const stop = new AbortController();
  const never = new AbortController().signal;
  const watchers = new Set<() => void>();
  let shown = '';
  const take = async (chunk: string | Uint8Array): Promise<void> => {
    shown += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('latin1');
    for (const look of watchers) look();
  };
  const output: Output = {
    write: take,
    written: async () => {},
    isTTY: columns !== undefined,
    columns: columns ?? 100,
  };
  const shownLog = (line: string) => (output.isTTY ? foldFor(output, logLine(line, colorsFor(output, io))) : line);
  const io: CliIo = {
    stdout: output,
    stderr: output,
    terminal: null,
    firstLine: input === undefined ? null : async () => input,
    input: null,
    stop: stop.signal,
    force: never,
    closed: never,
    noColor: true,
  };
  const surroundings = {
    env,
    cwd,
    version: '0.0.0',
    nodeVersion: process.versions.node,
    invocation: 'npx tidings',
    console: { write: take, color: false, width: output.columns },
    onHangup: () => {},
    logStream: { write: (line: string) => void take(shownLog(line)) },
  };
  const ended = runCli(argv, io, surroundings).then((code) => ({ code, shown }));
  return {
    ended,
    shown: () => shown,
    saw: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(shown)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
        void ended.then(() => reject(new Error(`it ended without showing ${pattern}:\n${shown}`)));
      }),
    stop: () => {
      stop.abort();
      return ended;
    },
  };
}

/** To its end. */
export function ran(argv: readonly string[], place: Place): Promise<Ran> {
  return begin(argv, place).ended;
}
