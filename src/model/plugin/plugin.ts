import type * as z from 'zod/mini';
import type { Clock } from '../../shared/clock.ts';
import type { Connect } from './connect.ts';
import type { Variables } from './variables.ts';

// What providers and destination types have in common: the code behind one row of the table (catalog.ts).
// `C` is what one source or destination is set to. Only the plugin that made a C reads it; for all others it is `unknown`.

/**
 * A plugin loads next to nothing by itself: what it needs to verify, render or send is imported by the method that does it. Its
 * variables begin with its name in the table: `SLACK_CHANNEL`, `GITHUB_TOKEN`.
 */
export interface Plugin<C> {
  /** As people call it: `Slack`, `GitHub`. */
  readonly title: string;
  /** What one is set to, in a few words and without secrets, for the first screen, doctor and `tidings config`. */
  words(settings: C): string;
  /**
   * What variables say of every one of this kind, beside what tidings.yaml says of each: a token, the base of an API. Told as
   * `<plugin>_<key>` by `tidings config`.
   */
  fromEnv?(env: Variables): Partial<C>;
  /** What tidings.yaml may say of one. Loads zod. */
  schema(): Promise<Schema>;
  /** How a person connects one: `tidings connect <plugin>`. */
  connect?(): Promise<Connect>;
}

/** One key of tidings.yaml. Texts are Markdown. */
export interface Key {
  readonly value: z.ZodMiniType;
  /** What holds where it is left out. Null: nothing; `needed`, `with …` and `this …` are no default. */
  readonly without: string | null;
  readonly text: string;
  /** What to write, said where it is missing. */
  readonly hint?: string;
  /** `value`: is never shown. `path`: an address of which only the origin is. Such a value parses to a Secret. */
  readonly secret?: 'value' | 'path';
  /** What stands under names of a person's own may be quoted too. Absent: it is masked wherever its line is shown. */
  readonly entries?: 'plain';
  /** Its texts are names of what the file has there. */
  readonly names?: 'sources';
  /** Of which provider those are. Absent: of any. */
  readonly provider?: string;
}

/** The keys of one source or destination, from which its checks, the editors' schema, the docs and redaction are made. */
export interface Schema {
  /** What such a one is, behind its name, in a line: `a channel, by a webhook.` */
  readonly text: string;
  /** In the order they are told. `type`, `provider` and `secrets` are everybody's and not among them. */
  readonly keys: Readonly<Record<string, Key>>;
  /** What its variables are, for the docs. */
  readonly variables?: Readonly<Record<string, Pick<Key, 'without' | 'text'>>>;
  /** For editors: which keys go together. */
  readonly shape?: (json: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  /** What one value says about another, as written, before anything is known about its shape. */
  check?(given: Written, report: Report): void | Promise<void>;
  /** Where it posts. Two with one address are an error, told at `key`: `post to the same channel`. Null: not known, or any may share it. */
  addressOf?(given: Written): { readonly address: string; readonly key: string; readonly what: string } | null;
}

export type Written = Readonly<Record<string, unknown>>;

/**
 * Tells a problem at a key, or at one further in, as a sentence that names it. `part`: what is meant there; a range is that piece of
 * its text. Default: the value.
 */
export type Report = (
  key: string | readonly string[],
  problem: string,
  part?: 'key' | 'value' | { readonly start: number; readonly end: number },
) => void;

/** What a check of the other side is made with. */
export interface Asking {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How a person calls this program here: `npx tidings`. */
  readonly invocation: string;
  /** Whether people are looked up by their e-mail addresses: `people: { by_email: true }`. Default: no. */
  readonly peopleByEmail?: boolean | undefined;
}
