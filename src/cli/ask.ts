import type { CommonOptions } from '@clack/prompts';
import { CliError, EXIT } from './cli-error.ts';
import type { CliIo } from './cli-io.ts';

/** Returns what is wrong with it, or undefined. */
export type Validate = (value: string) => string | undefined;

interface Question {
  readonly message: string;
  /** What to type where nobody can be asked: `set SLACK_WEBHOOK_URL`, `add --yes`. */
  readonly instead: string;
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

/**
 * Questions to a person, on stderr. Every one throws a CliError: exit code 2 where there is no terminal (the message says
 * what to do `instead`), 130 when it is cancelled.
 */
export interface Ask {
  text(question: Question & { readonly initial?: string; readonly validate?: Validate }): Promise<string>;
  /** What is typed never shows. */
  hidden(question: Question & { readonly validate?: Validate }): Promise<string>;
  confirm(question: Question & { readonly initial?: boolean }): Promise<boolean>;
  choose<T extends string>(question: Question & { readonly choices: readonly Choice<T>[] }): Promise<T>;
}

/** More choices than this are searched by typing. */
const FILTERED_FROM = 12;

/** @clack/prompts is loaded by the first question. */
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
