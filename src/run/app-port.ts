import type { Config, DatabaseConfig, RuleTest } from '../config/config.ts';
import type { NewConfigFile } from '../config/new-config-file.ts';
import type { Purpose } from '../config/purpose.ts';
import type { DatabaseAddress } from '../config/read/database-address.ts';
import type { EnvFile } from '../config/read/env-file.ts';
import type { SlackSettings } from '../config/slack-settings.ts';
import type { BacktestChange, BacktestRequest, BacktestSummary } from '../model/backtest.ts';
import type { Untold } from '../model/fate.ts';
import type { Archive } from '../model/inbox/archive.ts';
import type { PollReport, PollRequest } from '../model/polling.ts';
import type { HookOwner, RecoverRequest, Recovery } from '../model/recovery.ts';
import type { Rehearsed } from '../model/rehearsal.ts';
import type { Samples } from '../model/samples.ts';
import type { SlackDesk } from '../model/slack-desk.ts';
import type { Source } from '../model/source.ts';
import type { TunnelKind, TunnelRequest } from '../model/tunnel.ts';
import type { OpenWebhooks } from '../model/webhooks.ts';
import type { Clock } from '../shared/clock.ts';

/** What the commands need of the rest of Tidings. The composition root builds it, so that commands know no other room. */
export interface AppPort {
  readonly version: string;
  /** Such as `24.21.0`. */
  readonly nodeVersion: string;
  /** How a person calls this program here: `npx tidings`, or `tidings` where it is on the PATH. */
  readonly invocation: string;
  /** LOG_LEVEL is debug or trace: errors show their stack. */
  readonly debug: boolean;
  readonly clock: Clock;
  /** Loaded by who sends some. */
  samples(): Promise<Samples>;
  /** `.env` in the working directory. */
  readonly envFile: EnvFile;
  readonly slack: {
    /** What is set about Slack, also where the rest of the configuration cannot be used. */
    settings(): Promise<SlackSettings>;
    /** @throws ConfigError when SLACK_API_URL is no address */
    desk(): Promise<SlackDesk>;
  };
  /** Where a receiver of this environment listens, also where the rest of the configuration cannot be used. */
  receiver(): ReceiverPlace;
  readonly migration: Migration;
  /** tidings.yaml there, or the file that TIDINGS_CONFIG names. */
  readonly configFile: NewConfigFile;
  /**
   * Reads the environment and tidings.yaml, or the file `config` (from the working directory) in its place. `readOnly` writes
   * nothing, and so generates no secret. `purpose`, `both` where it is left out, decides which variables must be set.
   * @throws ConfigError for what people write
   */
  load(options: {
    readonly readOnly: boolean;
    readonly config?: string | undefined;
    readonly purpose?: Purpose | undefined;
  }): Promise<LoadedApp>;
}

/** Enough to ask a receiver on this machine how it is. */
export type ReceiverPlace = Pick<Config, 'host' | 'port' | 'dataDir' | 'adminToken'>;

export interface LoadedApp {
  readonly config: Config;
  /** The configured sources, for `listen`. */
  readonly sources: readonly Source[];
  /** The resolved configuration as plain data, every secret already replaced. */
  describe(): Promise<unknown>;
  /** What `if:` sees of a stored event. Null: there is no such event. @throws as openArchive does */
  activity(id: number): Promise<SeenActivity | null>;
  /**
   * Opens the database for reading and replay, beside a running server or without one. It is not upgraded; `readOnly` changes
   * nothing in it, whatever is asked.
   * @throws an Error whose message says in words why it cannot be opened (another schema, locked, corrupt)
   */
  openArchive(options: { readonly readOnly: boolean }): Promise<Archive & AsyncDisposable>;
  /**
   * Starts what `role` names and resolves when it accepts work.
   * @throws an Error whose message says in words why it cannot start; a listen error keeps node's `code`. TunnelError when
   * it could, but the tunnel cannot be opened: then nothing runs. The signal ends waiting for the tunnel.
   */
  start(role: Role, tunnel?: { readonly request: TunnelRequest; readonly signal: AbortSignal }): Promise<Running>;
  /**
   * Gets what a GitHub hook delivered in vain, into the database beside a running server or without one.
   * @throws RecoverError when it cannot begin or breaks off
   */
  recover(request: RecoverRequest, signal: AbortSignal): Promise<Recovery>;
  /**
   * Asks GitHub about a repository, works like `start` without a receiver, and resolves with the figures when stopped (or
   * after one look, once all is told). `say` hears what a person should know.
   * @throws PollError when it cannot go on
   */
  poll(request: PollRequest, say: (line: string) => void, signal: AbortSignal): Promise<PollReport>;
  /** The webhooks of one owner at GitHub, with GITHUB_TOKEN or gh's. Null: there is no token. */
  webhooks(owner: HookOwner): Promise<OpenWebhooks | null>;
  /** What the rules make of each test's payload, in order. Sends nothing, opens nothing. */
  rehearse(tests: readonly RuleTest[]): Promise<readonly Rehearsed[]>;
  /**
   * Whom the rules of `other` would have told of stored events, beside what these rules tell. Opens the database for reading,
   * sends nothing.
   * @throws an Error whose message says in words why it cannot be opened
   */
  backtest(other: Config, request: BacktestRequest, listener: BacktestListener): Promise<BacktestSummary>;
  /** The headers a provider would send with this body, signed with the first secret or with the one in `secretEnv`. */
  sign(delivery: SampleDelivery): Promise<Signed>;
}

export type SeenActivity =
  | { readonly ok: true; readonly activity: Readonly<Record<string, unknown>> }
  /** The payload says nothing that could be told. */
  | { readonly ok: false; readonly reason: string };

export interface BacktestListener {
  /** In the order of events. Reading goes on when it resolves. */
  readonly onChange: (change: BacktestChange) => Promise<void>;
  /** About how many events of how many are done. */
  readonly onRead: (done: number, total: number) => void;
}

/** The schema of the configured database, and copies of whole databases. Its errors say in words what to do. */
export interface Migration {
  /** Changes nothing. `found` 0: there are no tables yet. `name` is without a password. @throws ConfigError */
  schema(): Promise<{ readonly name: string; readonly found: number; readonly newest: number }>;
  /**
   * Brings it to this program's schema. A SQLite file that holds events is copied first, beside itself, unless `copies` is
   * false. Null: there was nothing to do. @throws ConfigError
   */
  upgrade(options: { readonly copies: boolean }): Promise<Upgraded | null>;
  /** `sqlite:path`, `postgres://…`, or the name of a variable that holds it. @throws ConfigError */
  address(text: string): DatabaseAddress;
  /** What a copy would have to do; writes nothing. */
  count(
    from: DatabaseConfig,
    to: DatabaseConfig,
  ): Promise<readonly { readonly table: string; readonly rows: number; readonly copied: number }[]>;
  /** Copies everything, or goes on where it was cut off, and compares both to the end. Nobody else may use them meanwhile. */
  copy(from: DatabaseConfig, to: DatabaseConfig, onStep: (step: CopyStep) => void): Promise<Copied>;
}

export interface Upgraded {
  readonly from: number;
  readonly to: number;
  /** The file that keeps the database as it was. Null: none was made. */
  readonly copy: string | null;
}

export interface CopyStep {
  readonly phase: 'copying' | 'verifying';
  readonly table: string;
  readonly done: number;
  readonly total: number;
}

interface CopiedTable {
  readonly table: string;
  readonly rows: number;
  /** Lower-case hex, over all rows; the same on both sides. */
  readonly sha256: string;
}

export type Copied =
  | { readonly result: 'copied'; readonly tables: readonly CopiedTable[] }
  /** Finished before, at `at` (ms since 1970): nothing was done. */
  | { readonly result: 'was_copied'; readonly tables: readonly CopiedTable[]; readonly at: number }
  /** One line for each table that differs. */
  | { readonly result: 'differs'; readonly differences: readonly string[] };

/** `both` is `tidings start`. */
export type Role = 'both' | 'receive' | 'work';

export interface Running {
  /** Where the receiver listens, such as `http://localhost:3000`, with the port really taken. Null without a receiver. */
  readonly url: string | null;
  /** A receiver runs, and the token that opens it beyond this machine is given or kept in DATA_DIR. */
  readonly hasAdminToken: boolean;
  /** What nobody got before this start. */
  readonly untold: readonly Untold[];
  /** What GitHub calls through it, complete. Null: no tunnel was asked for. */
  readonly tunnel: { readonly kind: TunnelKind; readonly webhookUrl: string } | null;
  /** Finishes the work in hand and releases everything. Idempotent. */
  stop(): Promise<void>;
  /** Resolves when a service dies by itself; never otherwise. */
  readonly failure: Promise<Error>;
}

export interface SampleDelivery {
  readonly source: string;
  readonly type: string;
  readonly guid: string;
  readonly body: Buffer;
  /** The name of the environment variable that holds the secret. Null: the source's own first secret. */
  readonly secretEnv: string | null;
}

export type Signed =
  | { readonly ok: true; readonly headers: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly problem: string };
