import { Command } from 'commander';
import { redact } from '../shared/redact.ts';
import type { Context } from './context.ts';
import { foldFor } from './fold.ts';
import { addCare } from './program/care.ts';
import { addConnect } from './program/connect.ts';
import { addGithub } from './program/github.ts';
import { addMigrate } from './program/migrate.ts';
import { examples } from './program/parts.ts';
import { addQuestions } from './program/questions.ts';
import { addServers } from './program/servers.ts';
import { addSlack } from './program/slack.ts';
import { addTrials } from './program/trials.ts';

/**
 * The command line as a table of contents. Each command imports its own file when it runs, so that `start` loads no other.
 * Commander reads the flags; all text goes through the context's outputs.
 */
export function createProgram(context: Context): Command {
  const { stdout, stderr, noColor } = context.io;
  const program = new Command('tidings')
    .description('Posts GitHub activity where your team reads it, and keeps every event.')
    .version(context.app.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('before', examples(context, ROOT_EXAMPLES))
    .addHelpText(
      'after',
      `\nAny command: ${context.app.invocation} <command> --help. Settings: environment and tidings.yaml.`,
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(foldFor(stdout, text)),
      // It repeats what was typed.
      writeErr: (text) => void stderr.write(foldFor(stderr, redact(text))),
      getOutHelpWidth: () => stdout.columns,
      getErrHelpWidth: () => stderr.columns,
      getOutHasColors: () => stdout.isTTY && !noColor,
      getErrHasColors: () => stderr.isTTY && !noColor,
      outputError: (text, write) => write(text.replace(/^error: /, 'Error: ')),
    });
  addConnect(program, context);
  addSlack(program, context);
  addGithub(program, context);
  addServers(program, context);
  addTrials(program, context);
  addQuestions(program, context);
  addCare(program, context);
  addMigrate(program, context);
  return program;
}

const ROOT_EXAMPLES = [
  ['start', 'receive webhooks, decide, and post'],
  ['send pull_request.opened', 'a signed sample, from another terminal'],
  ['events --since 2h', 'what arrived lately'],
  ['explain 42', 'why event 42 was, or was not, announced'],
  ['doctor', 'check this installation'],
] as const;
