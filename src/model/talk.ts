import type { Clock } from '../shared/clock.ts';

/**
 * A conversation with whoever connects something. Every question throws where nobody can be asked (the error says what to do
 * `instead`), and when it is cancelled.
 */
export interface Talk {
  /** One line, such as `Posted to #releases.` */
  say(line: string): void;
  text(question: Question & { readonly initial?: string; readonly validate?: Validate }): Promise<string>;
  /** What is typed never shows. */
  hidden(question: Question & { readonly validate?: Validate }): Promise<string>;
  confirm(question: Question & { readonly initial?: boolean }): Promise<boolean>;
  choose<T extends string>(question: Question & { readonly choices: readonly Choice<T>[] }): Promise<T>;
  /** The value of an option, `--channel`. Undefined: not given. */
  option(name: string): string | boolean | undefined;
  /** A variable that is set, in the environment or in `.env`. */
  variable(name: string): string | undefined;
  /** Writes variables into `.env`. */
  keep(variables: Readonly<Record<string, string>>): void;
  /** How a person calls this program here: `npx tidings`. */
  readonly invocation: string;
  readonly version: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Returns what is wrong with it, or undefined. */
export type Validate = (value: string) => string | undefined;

export interface Question {
  readonly message: string;
  /** What to type where nobody can be asked: `set SLACK_WEBHOOK_URL`, `add --yes`. */
  readonly instead: string;
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}
