import { CommanderError } from 'commander';
import { ConfigError } from '../config/config-error.ts';
import { ConnectError } from '../model/plugin/connect.ts';
import type { Surroundings } from '../run/surroundings.ts';
import { CliError, connectExit, EXIT } from './cli-error.ts';
import type { CliIo } from './cli-io.ts';
import { type Context, type ContextOptions, createContext } from './context.ts';
import { hasArrived } from './has-arrived.ts';
import { createProgram } from './program.ts';

/**
 * Runs one command line (without node and script) and returns the exit code, when all that was printed has arrived. Never
 * throws.
 */
export async function runCli(
  argv: readonly string[],
  io: CliIo,
  surroundings: Surroundings,
  options: ContextOptions = {},
): Promise<number> {
  const context = createContext(surroundings, io, options);
  const code = await runProgram(argv, context);
  try {
    await hasArrived(io, context.clock);
    return code;
  } catch (error) {
    return code === EXIT.ok ? report(error, context) : code;
  }
}

async function runProgram(argv: readonly string[], context: Context): Promise<number> {
  try {
    const program = await createProgram(context, argv);
    await program.parseAsync([...argv], { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    return report(error, context);
  }
}

function report(error: unknown, context: Context): number {
  // Commander has printed its own message or the help by now.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  context.say(`${context.err.red('Error')}: ${wordsOf(error)}`);
  if (isDebugging(context) && error instanceof Error) context.say(stackOf(error));
  return exitCodeOf(error);
}

function isDebugging({ surroundings: { env } }: Context): boolean {
  return env['LOG_LEVEL'] === 'debug' || env['LOG_LEVEL'] === 'trace';
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CliError) return error.exitCode;
  if (error instanceof ConnectError) return connectExit(error);
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
