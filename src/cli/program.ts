import { Command, type OutputConfiguration } from 'commander';
import { redact } from '../shared/secrets/redact.ts';
import { COMMANDS } from './commands.ts';
import type { Context } from './context.ts';
import { foldFor } from './fold.ts';
import { examples } from './options.ts';

const VERSION_FLAGS = ['-V', '--version'];

const ROOT_EXAMPLES = [
  ['start', 'receive webhooks, decide, and post'],
  ['send pull_request.opened', 'a signed sample, from another terminal'],
  ['events --since 2h', 'what arrived lately'],
  ['explain 42', 'why event 42 was, or was not, announced'],
  ['doctor', 'check this installation'],
] as const;

/**
 * The command line for `argv`. Where its first word names a command, only that one is loaded; the help, and a word that
 * nobody knows, need them all. Commander reads the flags; all text goes through the context's outputs.
 */
export async function createProgram(context: Context, argv: readonly string[]): Promise<Command> {
  const program = new Command('tidings')
    .description('Posts what webhooks say where your team reads it, and keeps every event.')
    .version(context.surroundings.version, VERSION_FLAGS.join(', '), 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('before', examples(context, ROOT_EXAMPLES))
    .addHelpText(
      'after',
      `\nAny command: ${context.invocation} <command> --help. Settings: environment and tidings.yaml.`,
    )
    .exitOverride()
    .configureOutput(outputOf(context));
  const [typed = ''] = argv;
  const isCommand = Object.hasOwn(COMMANDS, typed);
  const names = isCommand ? [typed] : VERSION_FLAGS.includes(typed) ? [] : Object.keys(COMMANDS);
  const files = await Promise.all(names.map(async (name) => ({ name, file: await COMMANDS[name]?.() })));
  for (const { name, file } of files) await file?.define(program.command(name), context);
  if (!isCommand) await (await import('./commands/connect/old-spelling.ts')).defineOldSpelling(program, context, typed);
  return program;
}

function outputOf({ io: { stdout, stderr, noColor } }: Context): OutputConfiguration {
  return {
    writeOut: (text) => void stdout.write(foldFor(stdout, text)),
    // It repeats what was typed.
    writeErr: (text) => void stderr.write(foldFor(stderr, redact(text))),
    getOutHelpWidth: () => stdout.columns,
    getErrHelpWidth: () => stderr.columns,
    getOutHasColors: () => stdout.isTTY && !noColor,
    getErrHasColors: () => stderr.isTTY && !noColor,
    outputError: (text, write) => write(text.replace(/^error: /, 'Error: ')),
  };
}
