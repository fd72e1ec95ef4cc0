import { createInterface } from 'node:readline';
import { type Clock, systemClock } from '../shared/clock.ts';
import type { CliIo } from './cli-io.ts';
import { outputOf } from './output-of.ts';

/** One Ctrl-C may arrive twice: from the terminal, and passed on by npm (@npmcli/run-script's signal manager). */
const SAME_PRESS_MS = 300;

/**
 * The real process as `CliIo`. Its signal handlers replace node's own, so every command has to heed `stop`; the caller
 * exits with what `runCli` returns, because a forced end leaves work behind.
 */
export function processIo(
  process: NodeJS.Process,
  options: { readonly noColor: boolean; readonly clock?: Clock },
): CliIo {
  const clock = options.clock ?? systemClock;
  const stop = new AbortController();
  const force = new AbortController();
  const closed = new AbortController();
  let first = Number.POSITIVE_INFINITY;
  const interrupt = () => {
    if (!stop.signal.aborted) first = clock.monotonic();
    if (clock.monotonic() - first > SAME_PRESS_MS) force.abort();
    stop.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  // Its terminal was closed. Without one, nohup and service managers mean something else by it: Surroundings.onHangup.
  if (hasTerminal(process)) process.on('SIGHUP', interrupt);
  return {
    stdout: outputOf(process.stdout, () => closed.abort()),
    stderr: outputOf(process.stderr, () => {}),
    terminal: process.stdin.isTTY && process.stderr.isTTY ? { input: process.stdin, output: process.stderr } : null,
    firstLine: process.stdin.isTTY ? null : () => firstLine(process.stdin, stop.signal),
    input: process.stdin.isTTY ? null : () => process.stdin,
    stop: stop.signal,
    force: force.signal,
    closed: closed.signal,
    noColor: options.noColor,
  };
}

/** A person sits before it. */
export function hasTerminal({ stdin, stderr }: Pick<NodeJS.Process, 'stdin' | 'stderr'>): boolean {
  return stdin.isTTY || stderr.isTTY;
}

async function firstLine(input: NodeJS.ReadStream, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input, signal });
  for await (const line of lines) return line;
  return '';
}
