import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/log.ts';
import type { Secret } from '../../shared/secret.ts';
import type { EventCatalog } from '../event-catalog.ts';
import type { Headers } from '../headers.ts';
import type { Inbox } from '../inbox.ts';
import type { Inquiry } from '../inquiry.ts';
import type { PollReport, PollRequest } from '../polling.ts';
import type { HookOwner, RecoverRequest, Recovery } from '../recovery.ts';
import type { OnFilter, Rule } from '../rule.ts';
import type { Source } from '../source.ts';
import type { Pointed, PointRequest } from '../tunnel.ts';
import type { Finding } from './finding.ts';
import type { Asking, Plugin } from './plugin.ts';
import type { Samples } from './samples.ts';
import type { Setup } from './setup.ts';
import type { SourceHere, SourceOf } from './source-here.ts';

/** Who sends webhooks: everything behind one row of PROVIDERS. What is optional is asked for by whether it is there, never by name. */
export interface Provider<C> extends Plugin<C> {
  readonly secret: SecretForm;
  /** What shows that a request of such a source is genuine, and in which header: `signature in X-Hub-Signature-256`. */
  proof(settings: C): string;
  /** How a person makes what calls here; what has a `connect` of its own says it there. */
  setup?(): Promise<Setup>;
  /** What its sender calls, where the settings say so. */
  calledAt?(settings: C): string | null;
  /** What it is asked with: `GITHUB_TOKEN`. */
  readonly tokenVariable?: string;
  source(given: SourceOf<C>): Promise<Source>;
  /** What is told where nobody wrote rules. */
  readonly classics?: Classics;
  /** Which events there are, and what becomes of each. */
  events(): Promise<EventCatalog>;
  samples?(): Promise<Samples>;
  /**
   * What a filed request says of its source beside the secrets (`context` in published vectors: which endpoint, which scheme,
   * certificates): what a configuration would say. It is read from a file: every value may be of any type.
   */
  filed?(context: Readonly<Record<string, unknown>>): Partial<C>;
  /** Of its samples the one to try first. */
  readonly firstSample?: string;
  /**
   * The headers it would send with this body to a source that is set so, at that time: of a sample, or of what was received.
   * @throws Error with a sentence: that cannot be signed
   */
  sign?(delivery: Unsigned, secret: Secret, settings: C): Promise<Readonly<Record<string, string>>>;
  /** Asks the other side about one, changing nothing. */
  check?(source: SourceHere<C>, asking: Asking): Promise<readonly Finding[]>;
  /** An address there whose answers say the time, in their header `Date`. */
  timeFrom?(settings: C): string;
  /** Makes an owner's webhook call this source at another address. @throws Error with a sentence; the signal's reason once it is aborted */
  pointHook?(
    source: SourceOf<C>,
    request: PointRequest,
    asking: AskingProvider & { readonly signal: AbortSignal },
  ): Promise<Pointed>;
  /** Whose missed deliveries are looked for while receiving. */
  recoversFor?(settings: C): readonly HookOwner[];
  /** `sources`: all of this provider, of which a webhook may call any. @throws RecoverError */
  recover?(
    sources: readonly SourceOf<C>[],
    request: RecoverRequest,
    recovering: Recovering & { readonly signal: AbortSignal },
  ): Promise<Recovery>;
  /** Recovers for `recoversFor` until it is stopped. */
  keepRecovering?(sources: readonly SourceOf<C>[], recovering: Recovering & { readonly log: Logger }): Promise<Service>;
  /** @throws PollError */
  poll?(source: SourceOf<C>, request: PollRequest, polling: Polling): Promise<PollReport>;
  /** Whom to ask while deciding about events. Null: there is nothing to ask with. */
  inquiry?(settings: C, asking: Pick<AskingProvider, 'clock' | 'version'>): Inquiry | null;
}

/** Event → actions, or what a rule asks of it. No actions: all that is news of it. */
export type Classics = Readonly<Record<string, readonly string[] | Readonly<Partial<OnFilter>>>>;

/** The secrets that its requests are verified with. */
export interface SecretForm {
  /** Where they are looked for when tidings.yaml gives none. Several are separated by commas. */
  readonly variable: string;
  /** `chosen`: by whoever makes the webhook, so that one can be generated here. `issued`: by the provider. */
  readonly from: 'chosen' | 'issued';
  /** What is wrong with one, as a predicate; it is not repeated. */
  problemOf?(text: string): string | undefined;
  /** What does without them: a source that listens is not called. */
  readonly instead?: SecretInstead;
}

/** A key of tidings.yaml that makes a source listen. Its variable counts where neither it nor secrets are written. */
export interface SecretInstead {
  readonly key: string;
  readonly variable: string;
  problemOf?(text: string): string | undefined;
}

/** Whether a source that is set so is connected to its provider, called or not. */
export function listens({ secret: { instead } }: Pick<Provider<unknown>, 'secret'>, settings: unknown): boolean {
  return instead !== undefined && Boolean((settings as Readonly<Record<string, unknown>>)[instead.key]);
}

export interface AskingProvider {
  readonly clock: Clock;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Recovering {
  readonly clock: Clock;
  readonly version: string;
  readonly inbox: Inbox;
  readonly publicUrl: string | null;
}

export interface Polling {
  readonly clock: Clock;
  readonly version: string;
  readonly inbox: Inbox;
  readonly rules: readonly Rule[];
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** Something that runs until it is stopped. */
export interface Service {
  /** Idempotent. */
  stop(): Promise<void>;
}

export interface Unsigned {
  /** What the source will be told as its request's `url`: some sign it. */
  readonly url: string;
  readonly type: string;
  readonly guid: string;
  readonly body: Buffer;
  /** ms since 1970: some sign it. */
  readonly now: number;
  /**
   * Of what was received: those that are stored, which go with it as they are. Then the URL is where it goes now, whatever the source's
   * settings say of theirs. Undefined: it is a sample.
   */
  readonly received?: Headers;
}
