import type { CommonOptions } from '@clack/prompts';
import type { Ask, Choice, Question } from '../model/plugin/ask.ts';
import { CliError, EXIT } from './cli-error.ts';
import type { CliIo } from './cli-io.ts';

// Every question throws a CliError: exit code 2 where there is no terminal (the message says what to do `instead`), 130 when it
// is cancelled.

/** More choices than this are searched by typing. */
const FILTERED_FROM = 12;

/** Questions on stderr. @clack/prompts is loaded by the first. */
export function createAsk(io: CliIo): Ask {
  async function ask<T>(
    { message, instead }: Question,
    put: (clack: typeof import('@clack/prompts'), common: CommonOptions) => Promise<T | symbol>,
  ): Promise<T> {
    const { terminal } = io;
    if (terminal === null) {
      throw new CliError(EXIT.usage, `There is no terminal to ask on: "${message}" Instead, ${instead}.`);
    }
    const clack = await import('@clack/prompts');
    const answer = await put(clack, { ...terminal, signal: io.stop });
    if (typeof answer === 'symbol') throw new CliError(EXIT.interrupted, 'Cancelled.');
    return answer;
  }

  return {
    text: (question) =>
      ask<string>(question, (clack, common) =>
        clack.text({
          ...common,
          message: question.message,
          ...(question.initial === undefined ? {} : { initialValue: question.initial }),
          validate: (value) => question.validate?.((value ?? '').trim()),
        }),
      ).then(trimmed),
    hidden: (question) =>
      ask<string>(question, (clack, common) =>
        clack.password({
          ...common,
          message: question.message,
          clearOnError: true,
          validate: (value) => question.validate?.((value ?? '').trim()),
        }),
      ).then(trimmed),
    confirm: (question) =>
      ask<boolean>(question, (clack, common) =>
        clack.confirm({ ...common, message: question.message, initialValue: question.initial ?? true }),
      ),
    choose: <T extends string>(question: Question & { readonly choices: readonly Choice<T>[] }) =>
      ask<T>(
        question,
        (clack, common) =>
          (question.choices.length > FILTERED_FROM ? clack.autocomplete<string> : clack.select<string>)({
            ...common,
            message: question.message,
            options: question.choices.map((choice) => ({ ...choice })),
            maxItems: FILTERED_FROM,
          }) as Promise<T | symbol>,
      ),
  };
}

/** Pasted text brings blanks along. An empty answer is undefined to the library. */
function trimmed(answer: string | undefined): string {
  return (answer ?? '').trim();
}
