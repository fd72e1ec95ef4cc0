import type { StoredEvent } from './event.ts';

/** What was received, on its way to somebody who verifies it as its provider says. */
export interface Redelivery {
  readonly event: StoredEvent;
  /** Where it goes: some providers sign it. */
  readonly url: string;
  /** ms since 1970: some sign it, and libraries refuse what is older than minutes. */
  readonly now: number;
}

/** The headers that prove it, beside those that are stored; or why nobody here can, in words. */
export type Resigned =
  | { readonly ok: true; readonly headers: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly reason: string };

/** Signs with the first secret of its source, as its provider does. Never rejects. */
export type Resign = (redelivery: Redelivery) => Promise<Resigned>;
