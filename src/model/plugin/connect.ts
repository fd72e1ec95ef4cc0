import type { Talk } from './talk.ts';

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
