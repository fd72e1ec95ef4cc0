import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Clock } from '../shared/clock.ts';

/** After the polite signal. `cloudflared` itself is told to wait less. */
const KILL_AFTER_MS = 4_000;

/**
 * A program that must not outlive us, not even `kill -9`: a shell holds the reading end of a pipe whose other end is ours.
 * However we end, the pipe closes, and the shell's reader ends the program. Windows has no such shell: there it is
 * started plainly, and stays when we are killed.
 */
const UNTIL_PIPE_CLOSES = `exec 3<&0
"$@" </dev/null 3<&- &
program=$!
{ cat <&3 >/dev/null; kill $program; } >/dev/null 2>&1 &
reader=$!
exec 3<&- >/dev/null 2>&1
wait $program
status=$?
kill $reader
exit $status`;

export interface Child {
  /** Resolves when the program has ended. */
  readonly ended: Promise<void>;
  /** SIGTERM, then SIGKILL; resolves when it has ended. Idempotent. */
  end(): Promise<void>;
}

export interface ChildOptions {
  /** Absolute. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Each line of its standard error. */
  readonly onLine: (line: string) => void;
}

export function startChild({ program, args, env, clock, onLine }: ChildOptions): Child {
  const isGuarded = process.platform !== 'win32';
  const [command, argv] = isGuarded
    ? ['/bin/sh', ['-c', UNTIL_PIPE_CLOSES, 'sh', program, ...args]]
    : [program, [...args]];
  // A group of its own: Ctrl-C at the terminal is for us, and we end it in our order.
  const child = spawn(command, argv, { stdio: ['pipe', 'ignore', 'pipe'], env: { ...env }, detached: isGuarded });
  createInterface({ input: child.stderr }).on('line', onLine);
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      onLine(error.message);
      resolve();
    });
  });
  // Whoever still reads the pipe has nothing to guard any more.
  void ended.then(() => child.stdin.destroy());

  async function end(): Promise<void> {
    if (isGuarded) child.stdin.end();
    else child.kill();
    const cancel = clock.after(KILL_AFTER_MS, () => killAll(child, isGuarded));
    await ended;
    cancel();
  }
  return { ended, end };
}

function killAll(child: ChildProcess, isGroup: boolean): void {
  if (child.pid === undefined) return;
  try {
    process.kill(isGroup ? -child.pid : child.pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
