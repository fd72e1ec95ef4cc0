import type { Clock } from '../shared/clock.ts';
import type { Secret } from '../shared/secret.ts';
import type { Archive } from './inbox/archive.ts';
import type { Variables } from './plugin.ts';
import type { SourceOf } from './provider.ts';
import type { Rule } from './rule.ts';

/** How one kind of source or destination is connected: what the help says, and what is done. */
export interface Connect {
  /** `take a webhook or a bot token, post a hello` */
  readonly says: string;
  readonly argument?: { readonly name: string; readonly says: string };
  /** In the order of the help. */
  readonly options: readonly ConnectOption[];
  /** What is typed behind `connect <type>`, and what it does. */
  readonly examples: readonly (readonly [typed: string, says: string])[];
  /** The last line of the help. */
  readonly note: string;
  /** What was piped in, or is answered at a terminal, is read through `talk`. @throws ConnectError; ConfigError */
  run(talk: Talk, typed: Typed): Promise<void>;
}

export interface ConnectOption {
  /** `--wait <seconds>`, `--no-hello` */
  readonly flags: string;
  readonly says: string;
  /** Other options, in camel case, that do not go with it. */
  readonly conflicts?: readonly string[];
  /** Its value is a whole number. */
  readonly whole?: { readonly what: string; readonly least: number; readonly most: number };
}

/** What was typed behind `connect <type>`. Options are named in camel case; `--no-hello` makes `hello` false. */
export interface Typed {
  readonly argument: string | undefined;
  readonly options: Readonly<Record<string, string | number | boolean | undefined>>;
}

/** Where connecting ends, other than well: a sentence for a person. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  readonly reason: 'usage' | 'failed' | 'not_found' | 'unreachable' | 'interrupted';

  constructor(reason: ConnectError['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** What a plugin's `connect` is given: whoever typed it, and this installation. */
export interface Talk {
  /** How a person calls this program here: `npx tidings`. */
  readonly invocation: string;
  readonly version: string;
  readonly clock: Clock;
  /** Aborts when a person wants it to end. */
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Somebody sits before it, and can be asked. */
  readonly hasTerminal: boolean;
  /** Colours for what is printed. */
  readonly out: Colors;
  /** Colours for what is said. */
  readonly err: Colors;
  readonly ask: Ask;
  /** Lines of data, without secrets. Resolves when they were taken: await it, so that a slow reader is waited for. */
  print(...lines: readonly string[]): Promise<void>;
  /** One line of JSON, the same way. */
  printJson(value: unknown): Promise<void>;
  /** One line of talk, without secrets. */
  say(line: string): void;
  /** The same, but that `secret` stands in it: for a person at a terminal who needs it, never for a log. */
  sayOpenly(line: string, secret: Secret): void;
  /** What to type next, each with what it does. */
  sayNext(steps: readonly (readonly [command: string, says: string])[]): void;
  /** The first line of what is piped in. Null: nothing is, or it is empty. @throws ConnectError once told to stop */
  piped(): Promise<string | null>;
  /** @throws ConnectError with these words once told to stop */
  wait(ms: number, interrupted: string): Promise<void>;
  /** Ends with the first signal, for work that leaves nothing half done. @throws ConnectError once told to stop */
  untilStopped(work: Promise<void>): Promise<void>;
  /** A path as it is shown: from the working directory. */
  shortPath(path: string): string;
  /** `.env`, as it is shown. */
  readonly envFile: string;
  /** Into `.env`, in the place of what it has. Answers the names that this environment sets otherwise: it wins. */
  keep(variables: Readonly<Record<string, string>>): { readonly shadowed: readonly string[] };
  /** What is set, also where the rest of the configuration cannot be used. */
  settings(): Promise<Settings>;
  /**
   * The configured source of this kind, or the one of that name. `readOnly`: writes nothing, and so generates no secret.
   * @throws ConnectError, ConfigError
   */
  source(wanted: { readonly name: string | undefined; readonly readOnly: boolean }): Promise<SourceHere<unknown>>;
}

/** Variables, and the destinations of tidings.yaml. */
export interface Settings {
  /** In force: the environment over `.env`. What cannot be used is thrown as ConfigError. */
  readonly set: Variables;
  /** In `.env`, whatever the environment says. */
  readonly kept: Variables;
  /** Null: the file names no destinations, so the variables make the only one. */
  readonly ownDestinations: {
    /** The file, absolute. */
    readonly path: string;
    /** Names that are taken. */
    readonly names: readonly string[];
    /** Variables that the destinations name, set or not. */
    readonly variables: readonly string[];
  } | null;
}

/** One configured source with what its provider asks of this installation: to connect it, and to check it. */
export interface SourceHere<C> extends SourceOf<C> {
  /** Where its secrets come from: `from GITHUB_WEBHOOK_SECRET`. */
  readonly secretFrom: string;
  readonly rules: readonly Rule[];
  /** What the provider calls, complete: by PUBLIC_URL, or through the tunnel that is open now. Null: nobody said. */
  readonly url: string | null;
  /** `/webhooks/github` */
  readonly path: string;
  /** There is no other source. */
  readonly isOnly: boolean;
  /** One that is not there yet is made by the first start, and must not be made by looking. */
  hasDatabase(): boolean;
  /** For reading. @throws an Error whose message says why it cannot be opened */
  openArchive(): Promise<Archive & AsyncDisposable>;
}

export interface Colors {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
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
