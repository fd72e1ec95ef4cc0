import type { Clock } from '../../shared/clock.ts';
import type { Secret } from '../../shared/secret.ts';
import type { Ask } from './ask.ts';
import type { SourceHere } from './source-here.ts';
import type { Variables } from './variables.ts';

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
  /** Ends with the first signal, for work that leaves nothing half done. @throws once told to stop */
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

/** Variables, and the sources and destinations of tidings.yaml. */
export interface Settings {
  /** In force: the environment over `.env`. What cannot be used is thrown as ConfigError. */
  readonly set: Variables;
  /** In `.env`, whatever the environment says. */
  readonly kept: Variables;
  /** Null: the file names no sources, so the variables make them. */
  readonly ownSources: {
    /** The file, absolute. */
    readonly path: string;
    /** Source → the variable that its secrets are in, set or not. */
    readonly secretVariables: Readonly<Record<string, string>>;
    readonly written: WrittenEach;
  } | null;
  /** Null: the file names no destinations, so the variables make the only one. */
  readonly ownDestinations: {
    /** The file, absolute. */
    readonly path: string;
    /** Names that are taken. */
    readonly names: readonly string[];
    /** Variables that the destinations name, set or not. */
    readonly variables: readonly string[];
    readonly written: WrittenEach;
  } | null;
  /** Whether the file has people looked up by their e-mail addresses. Default: no. */
  readonly peopleByEmail?: boolean;
}

/** Name → its keys as the file has them, checked by nobody: `${SLACK_BOT_TOKEN}` is not filled in. */
export type WrittenEach = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Colors {
  bold(text: string): string;
  dim(text: string): string;
  green(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}
