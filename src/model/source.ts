import type { Activity } from './activity.ts';
import type { StoredEvent } from './event.ts';
import type { Headers } from './headers.ts';
import type { Known } from './known/card.ts';
import type { Address } from './known/person.ts';
import type { ListenContext } from './listen/listen-context.ts';

/** One request as a source sees it. */
export interface SourceRequest {
  readonly method: string;
  /** As the provider called it, with query: Square and Twilio sign it. Path and query alone where no public URL is known. */
  readonly url: string;
  readonly headers: Headers;
  /** The bytes as received. Gone once the request is answered: a source keeps no part of it. */
  readonly body: Buffer;
  /** Milliseconds since 1970, when the last byte had been read. */
  readonly now: number;
}

/** What a provider expects instead of our JSON. Content-Length is added. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * unsigned             no signature, or a weaker one than the source asks for
 * malformed_signature  there is one, and it cannot be right whatever the body
 * mismatch             no configured secret made it
 * stale                right, but the time it signs is too far from ours
 */
export const REFUSAL_CAUSES = ['unsigned', 'malformed_signature', 'mismatch', 'stale'] as const;
export type RefusalCause = (typeof REFUSAL_CAUSES)[number];

/** The request was not believed. The sender is never told why. */
export interface Refused {
  readonly kind: 'refused';
  readonly cause: RefusalCause;
}

/** `secretNo` counts from 1: which of the configured secrets matched, so that a rotation can be finished. */
export interface ReceivedEvent {
  readonly kind: 'event';
  /** Unique per (source, request): the dedup key on receipt. From what is signed wherever the provider signs it. */
  readonly deliveryId: string;
  /** The provider's id of what happened; one guid may arrive through several hooks. */
  readonly guid: string;
  /** The provider's event name, such as `pull_request`. */
  readonly type: string;
  readonly secretNo: number;
  /** What is stored where the request has no body: of a GET, the query that its provider signed. Without it: the body. */
  readonly body?: Buffer;
  /** Sent after the commit, for what is stored and for a duplicate. Without it: our JSON. */
  readonly reply?: Reply;
}

/** Verified where the provider signs it, answered, not stored: Slack's url_verification, Discord's PING. */
export interface Handshake {
  readonly kind: 'handshake';
  /** Absent where the provider signs no handshake. */
  readonly secretNo?: number;
  readonly reply: Reply;
}

/** Correctly signed, but it does not say what it is. `missing` goes after "The": `header X-GitHub-Event`, `field id`. */
export interface Unidentified {
  readonly kind: 'unidentified';
  readonly secretNo: number;
  readonly missing: string;
}

/** It cannot be verified now (a certificate's host is away): 503, and the provider tries again. `reason` is for the log. */
export interface NotNow {
  readonly kind: 'not_now';
  readonly reason: string;
}

/** What a source makes of a request. */
export type Received = ReceivedEvent | Handshake | Unidentified | Refused | NotNow;

/** What a verified request says it is; `missing` as in `Unidentified`. */
export type Identity = { readonly id: string; readonly type: string } | { readonly missing: string };

/** A verified request whose one id names both the delivery and what happened. */
export function identified(secretNo: number, identity: Identity): ReceivedEvent | Unidentified {
  if ('missing' in identity) return { kind: 'unidentified', secretNo, missing: identity.missing };
  const { id, type } = identity;
  return { kind: 'event', deliveryId: id, guid: id, type, secretNo };
}

/** Whether its sender is who it says it is, as far as the provider lets that be told. */
export function isVerified({ kind }: Received): boolean {
  return kind === 'event' || kind === 'handshake' || kind === 'unidentified';
}

/**
 * What a normaliser makes of an event. `suspect`: it contradicts what was signed, and is kept back until a person releases it
 * (a type in a header, the payload of another type). Throwing means `failed`: the payload is not what its type promises. */
export type Normalised =
  | { readonly kind: 'activity'; readonly activity: Activity }
  | { readonly kind: 'suspect'; readonly reason: string }
  | {
      readonly kind: 'skip';
      readonly reason: string;
      readonly action?: string | undefined;
      readonly repo?: string | undefined;
    };

/** A place webhooks come from: name, provider, secrets. Only `receive` may be asynchronous, and only where it must be. */
export interface Source {
  readonly name: string;
  readonly provider: string;
  /** Without it: POST alone. Anything else is answered 405. */
  readonly methods?: readonly string[];
  /** Media types accepted, without parameters; anything else is answered 415. */
  readonly contentTypes: readonly string[];
  /**
   * What the verdict rests on: signature, time, ids. Lower case. A request in which one of them came more than once is refused
   * before `receive`: of two values, one would be checked and the other perhaps believed.
   */
  readonly onceHeaders: readonly string[];
  /** The allow-list of headers stored with the event: never a signature, never a credential. */
  readonly storedHeaders: readonly string[];
  /** The provider's own cap in bytes, where it is below the one of the configuration. */
  readonly maxBodyBytes?: number;
  /** What a 401 says in `WWW-Authenticate`, where the sender proves itself by HTTP authentication: `Basic realm="shop"`. */
  readonly challenge?: string;
  /** Whether an equal body under another id is suspect: `repeat` where the provider rightly sends equal bodies. */
  readonly bodies: 'unique' | 'repeat';
  /**
   * What the headers alone give away, asked before the body is read: a request that `receive` would refuse whatever its body.
   * Null: the body has to be read. Without it, every body is.
   */
  glance?(headers: Headers): Refused | null;
  /**
   * Verifies the raw bytes against every configured secret in constant time, and only then reads them. Throwing (or a promise
   * that fails) counts as a refusal: what a stranger sends must not be able to look like a fault of ours.
   */
  receive(request: SourceRequest): Received | Promise<Received>;
  /**
   * The likely cause of a refusal in one sentence for the log; may try to explain a changed body, which is empty where
   * `glance` refused. Never throws.
   */
  diagnose(request: SourceRequest, refused: Refused): string;
  /**
   * Connects to its provider, which says over that connection what happens, and keeps it, until the signal is raised: only then does it
   * end. One at a time does so, of all workers of a database. Without it the source is only called.
   */
  listen?(context: ListenContext): Promise<void>;
  /** What an event says. Only what has to load first what it needs is asynchronous; a rejection is a throw. */
  normalise(event: StoredEvent): Normalised | Promise<Normalised>;
  /** What templates name as `payload`, where that is not the JSON or the form that any body may be. Null: it is that. */
  payload?(event: Pick<StoredEvent, 'body'>): unknown;
  /**
   * What an event of this type says of its subject, and of others' (a workflow of a commit): for cards. `payload`: as templates name
   * it. Pure; asked of every event that is believed, also where no rule asks for it. Throwing: it says nothing. Without it: no cards.
   * Only what has to load first what it needs is asynchronous.
   */
  know?(type: string, payload: unknown): readonly Known[] | Promise<readonly Known[]>;
  /**
   * Which addresses an event says to be of whom, where the provider itself knows that they are: not what whoever sent it may write. Pure;
   * asked only where people are looked up by them. Throwing: none. Without it: none.
   */
  addresses?(type: string, payload: unknown): readonly Address[] | Promise<readonly Address[]>;
  /** One for each secret, equal where the secrets are: whoever captured a request can send it to another source of that key. */
  readonly keyIds?: readonly string[];
}

/** A source that is connected to, beside or instead of being called. */
export type Listener = Source & Required<Pick<Source, 'listen'>>;

export function isListener(source: Source): source is Listener {
  return source.listen !== undefined;
}
