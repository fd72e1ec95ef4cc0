import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Clock } from '../../shared/clock.ts';

/**
 * exited     by itself. `code` null: a signal ended it
 * stopped    we killed it: at its limit, or because the lane gave up
 * unstarted  there is no such program, or no room for one: `code` as in ENOENT
 */
export type Ended =
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: string; readonly output: Output }
  | { readonly kind: 'stopped'; readonly atLimit: boolean }
  | { readonly kind: 'unstarted'; readonly code: string };

/** The last of what it wrote. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

type Streams = Readonly<Record<keyof Output, () => string>>;

export interface Run {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly input: string;
  readonly limitMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told when there is a process. */
  onStarted(): void;
}

/** Bytes of each stream that are kept. */
const KEPT = 4_096;

/** A group of its own can be killed whole. Windows has none. */
const HAS_GROUPS = process.platform !== 'win32';

/** Without a shell. Never rejects; whatever the program started ends with it. */
export async function run({ command, env, input, limitMs, clock, signal, onStarted }: Run): Promise<Ended> {
  const [program = '', ...args] = command;
  const child = started(program, args, env);
  if (child instanceof Error) return { kind: 'unstarted', code: codeOf(child) };
  if (child.pid !== undefined) onStarted();
  // Without room for pipes there are none, and an error follows.
  const { stdin, stdout, stderr } = child;
  const output = { stdout: lastOf(stdout), stderr: lastOf(stderr) };
  // It need not read what it is given.
  stdin?.on('error', () => undefined).end(input);
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const stop = (atLimit: boolean) => {
    if (isOver(child)) return resolve(exited(child, output));
    killAll(child);
    resolve({ kind: 'stopped', atLimit });
  };
  const giveUp = () => stop(false);
  const cancel = clock.after(limitMs, () => stop(true));
  signal.addEventListener('abort', giveUp, { once: true });
  child.once('error', (error) => resolve({ kind: 'unstarted', code: codeOf(error) }));
  // What it has left behind would hold its pipes open.
  child.once('exit', () => killAll(child));
  child.once('close', () => resolve(exited(child, output)));
  try {
    return await promise;
  } finally {
    cancel();
    signal.removeEventListener('abort', giveUp);
    // What has left the group may hold them open.
    for (const pipe of [stdin, stdout, stderr]) pipe?.destroy();
  }
}

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function exited({ exitCode, signalCode }: ChildProcess, { stdout, stderr }: Streams): Ended {
  return { kind: 'exited', code: exitCode, signal: signalCode ?? '', output: { stdout: stdout(), stderr: stderr() } };
}

/** What is no file at all is an error at once, the rest one later. */
function started(program: string, args: readonly string[], env: Run['env']): ChildProcess | Error {
  try {
    return spawn(program, args, { env, stdio: 'pipe', detached: HAS_GROUPS, windowsHide: true });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function killAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(HAS_GROUPS ? -pid : pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

/** The rest is read and dropped, so that nobody waits to write. */
function lastOf(stream: Readable | null): () => string {
  let kept: Buffer = Buffer.alloc(0);
  stream?.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]).subarray(-KEPT);
  });
  return () => kept.toString();
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
