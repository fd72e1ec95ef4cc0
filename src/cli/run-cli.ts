import { CommanderError } from 'commander';
import { ConfigError } from '../config/config-error.ts';
import type { AppPort } from '../run/app-port.ts';
import { CliError, EXIT } from './cli-error.ts';
import type { CliIo } from './cli-io.ts';
import { type Context, createContext } from './context.ts';
import { hasArrived } from './has-arrived.ts';
import { createProgram } from './program.ts';

/**
 * Runs one command line (without node and script) and returns the exit code, when all that was printed has arrived. Never
 * throws.
 */
export async function runCli(argv: readonly string[], io: CliIo, app: AppPort): Promise<number> {
  const context = createContext(app, io);
  const code = await runProgram(argv, context);
  try {
    await hasArrived(io, app.clock);
    return code;
  } catch (error) {
    return code === EXIT.ok ? report(error, context) : code;
  }
}

async function runProgram(argv: readonly string[], context: Context): Promise<number> {
  try {
    await createProgram(context).parseAsync([...argv], { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    return report(error, context);
  }
}

function report(error: unknown, context: Context): number {
  // Commander has printed its own message or the help by now.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  context.say(`${context.err.red('Error')}: ${wordsOf(error)}`);
  if (context.app.debug && error instanceof Error) context.say(stackOf(error));
  return exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  return error instanceof ConfigError ? EXIT.usage : EXIT.failed;
}

/** What the language itself throws is nobody's sentence: a fault of this program. */
const FAULTS = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError', 'AssertionError']);

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!FAULTS.has(error.name)) return error.message;
  return `this is a fault of Tidings: ${error.message}\nRun it again with LOG_LEVEL=debug to see where, and report it, please.`;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
