import type { Activity } from './activity.ts';
import type { StoredEvent } from './event.ts';
import type { Headers } from './headers.ts';

/** Why a request was not believed. `detail` is a sentence for the operator's log, never for the sender. */
export type Refusal = {
  readonly ok: false;
  readonly cause: 'unsigned' | 'malformed_signature' | 'mismatch';
};

/** `secretNo` counts from 1: which of the configured secrets matched, so that a rotation can be finished. */
export type Verification = { readonly ok: true; readonly secretNo: number } | Refusal;

/** What the provider calls this request. */
export type Identity =
  | {
      readonly ok: true;
      /** Unique per (source, request): the dedup key on receipt. */
      readonly deliveryId: string;
      /** The provider's id of what happened; one guid may arrive through several hooks. */
      readonly guid: string;
      /** The provider's event name, such as `pull_request`. */
      readonly type: string;
    }
  | { readonly ok: false; readonly missing: string };

/**
 * What a normaliser makes of an event. `suspect`: it contradicts what was signed, and is held until a person releases it
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

/** A place webhooks come from: name, provider, secrets. All methods are pure and synchronous. */
export interface Source {
  readonly name: string;
  readonly provider: string;
  /** Media types accepted, without parameters; anything else is answered 415. */
  readonly contentTypes: readonly string[];
  /** The allow-list of headers stored with the event: never a signature, never a credential. */
  readonly storedHeaders: readonly string[];
  /**
   * What the headers alone give away, asked before the body is read: a request that `verify` would refuse whatever its body.
   * Null: the body has to be read. Without it, every body is.
   */
  glance?(headers: Headers): Refusal | null;
  /** Constant-time check of `body` (the bytes as received) against every configured secret. */
  verify(headers: Headers, body: Buffer): Verification;
  /**
   * The likely cause of a refusal in one sentence for the log; may try to explain a changed body, which is empty where
   * `glance` refused. Never throws.
   */
  diagnose(headers: Headers, body: Buffer, refusal: Refusal): string;
  identify(headers: Headers): Identity;
  normalise(event: StoredEvent): Normalised;
  /** One for each secret, equal where the secrets are: whoever captured a request can send it to another source of that key. */
  readonly keyIds?: readonly string[];
}
