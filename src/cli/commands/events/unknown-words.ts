import { suggest } from '../../../shared/suggest.ts';
import { CliError, EXIT } from '../../cli-error.ts';
import type { Context } from '../../context.ts';

/** `events shw 1`, `events 42`: words behind a command that has subcommands and takes none itself. */
export function unknownWords(
  context: Context,
  command: string,
  subcommand: string,
  words: readonly string[],
): CliError {
  const [first = '', ...rest] = words;
  const meant = /^\d+$/.test(first) ? words : suggest(first, [subcommand]) ? rest : ['<id>'];
  const line = [context.invocation, command, subcommand, ...meant].join(' ');
  return new CliError(EXIT.usage, `"${first}" is nothing that ${command} takes. Did you mean: ${line}`);
}
