import type { Archive } from '../../model/inbox.ts';
import type { PollReport, PollRequest } from '../../model/polling.ts';
import type { HookOwner, RecoverRequest, Recovery } from '../../model/recovery.ts';
import type { SlackDesk } from '../../model/slack-desk.ts';
import type { Source } from '../../model/source.ts';
import type { TunnelKind, TunnelRequest } from '../../model/tunnel.ts';
import type { OpenWebhooks } from '../../model/webhooks.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Config } from '../config/config.ts';
import type { EnvFile } from '../config/env-file.ts';
import type { NewConfigFile } from '../config/new-config-file.ts';
import type { SlackSettings } from '../config/slack-settings.ts';

/** What the commands need of the rest of Tidings. The composition root builds it, so that commands know no other room. */
export interface AppPort {
  readonly version: string;
  /** Such as `24.21.0`. */
  readonly nodeVersion: string;
  /** How a person calls this program here: `tidings`, or `npm run tidings --` in a checkout. */
  readonly invocation: string;
  /** LOG_LEVEL is debug or trace: errors show their stack. */
  readonly debug: boolean;
  readonly clock: Clock;
  readonly samples: Samples;
  /** `.env` in the working directory. */
  readonly envFile: EnvFile;
  readonly slack: {
    /** What is set about Slack, also where the rest of the configuration cannot be used. */
    settings(): Promise<SlackSettings>;
    /** @throws ConfigError when SLACK_API_URL is no address */
    desk(): Promise<SlackDesk>;
  };
  /** tidings.yaml there, or the file that TIDINGS_CONFIG names. */
  readonly configFile: NewConfigFile;
  /**
   * Reads the environment and tidings.yaml. `readOnly` writes nothing, and so generates no secret.
   * @throws ConfigError for what people write
   */
  load(options: { readonly readOnly: boolean }): Promise<LoadedApp>;
}

export interface LoadedApp {
  readonly config: Config;
  /** The configured sources, for `listen`. */
  readonly sources: readonly Source[];
  /** The resolved configuration as plain data, every secret already replaced. */
  describe(): unknown;
  /**
   * Opens the database for reading and replay, beside a running server or without one.
   * @throws an Error whose message says in words why it cannot be opened (newer schema, locked, corrupt)
   */
  openArchive(): Promise<Archive & AsyncDisposable>;
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
  /** The headers a provider would send with this body, signed with the first secret or with the one in `secretEnv`. */
  sign(delivery: SampleDelivery): Signed;
}

/** `both` is `tidings start`. */
export type Role = 'both' | 'receive' | 'work';

export interface Running {
  /** Where the receiver listens, such as `http://localhost:3000`, with the port really taken. Null without a receiver. */
  readonly url: string | null;
  /** A receiver runs, and the token that opens it beyond this machine is given or kept in DATA_DIR. */
  readonly hasAdminToken: boolean;
  /** What GitHub calls through it, complete. Null: no tunnel was asked for. */
  readonly tunnel: { readonly kind: TunnelKind; readonly webhookUrl: string } | null;
  /** Finishes the work in hand and releases everything. Idempotent. */
  stop(): Promise<void>;
  /** Resolves when a service dies by itself; never otherwise. */
  readonly failure: Promise<Error>;
}

export interface Samples {
  /** Every `event.action` (or bare event) there is a sample for, in reading order. */
  names(): readonly string[];
  /** The nth sample of that name; the same n and now (ms since 1970) give the same payload. */
  make(name: string, n: number, now: number): SamplePayload | undefined;
  /** Applies `path=value` assignments to a copy of the payload. */
  set(payload: SamplePayload['payload'], assignments: readonly string[]): SetResult;
}

export interface SamplePayload {
  /** The provider's event name. */
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export type SetResult =
  | { readonly ok: true; readonly payload: SamplePayload['payload'] }
  | { readonly ok: false; readonly problem: string };

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
