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

/**
 * Questions to a person. Every one throws where nobody can be asked (the message says what to do `instead`), and when it is
 * cancelled.
 */
export interface Ask {
  text(question: Question & { readonly initial?: string; readonly validate?: Validate }): Promise<string>;
  /** What is typed never shows. */
  hidden(question: Question & { readonly validate?: Validate }): Promise<string>;
  confirm(question: Question & { readonly initial?: boolean }): Promise<boolean>;
  choose<T extends string>(question: Question & { readonly choices: readonly Choice<T>[] }): Promise<T>;
}
