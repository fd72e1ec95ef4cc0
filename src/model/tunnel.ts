import type { HookOwner } from './recovery.ts';
import type { Rule } from './rule.ts';

/** In the order they are recommended. */
export const TUNNEL_KINDS = ['cloudflared', 'ngrok', 'smee'] as const;
export type TunnelKind = (typeof TUNNEL_KINDS)[number];

export interface TunnelRequest {
  readonly kind: TunnelKind;
  /** The address to have: a reserved domain, a smee channel or a smee server. Null: any. */
  readonly url: string | null;
  /** Whose hook is to call the tunnel. Null: nobody's is touched. */
  readonly updateHook: HookOwner | null;
}

/** What a webhook shall call from now on. */
export interface PointRequest {
  readonly owner: HookOwner;
  /** What it shall call, complete. */
  readonly url: string;
  /** What the hook called until now. Null: not known. */
  readonly was: string | null;
  /** What a new one has to send. */
  readonly rules: readonly Rule[];
}

export interface Pointed {
  readonly kind: 'created' | 'moved' | 'unchanged';
  readonly hookId: number;
}

/** What a tunnel tells after it was opened. Each call means: the world has changed. */
export interface TunnelEvents {
  /** Nothing arrives any more. It is being opened again; there is nothing to do. */
  dropped(why: string): void;
  /** It is open again, at this address, which may be another. */
  reopened(url: string): void;
  /** A person should know: a delivery that could not be passed on as it was. */
  warned(message: string): void;
}

export interface OpenTunnel {
  /** Public base, without a trailing slash; with `isWhole` it is what GitHub calls, with nothing to put behind it. */
  readonly url: string;
  readonly isWhole: boolean;
  /** Nothing of it is left afterwards, no process either. Idempotent. */
  close(): Promise<void>;
}

/** Lets the internet reach one port of this machine. */
export interface Tunnel {
  /**
   * Resolves when requests to `url` arrive at 127.0.0.1:`localPort`, and then holds that until `close`.
   * @throws TunnelError when it cannot be opened, or not before the signal aborts
   */
  open(localPort: number, events: TunnelEvents, signal: AbortSignal): Promise<OpenTunnel>;
}

/** A sentence with what to do. */
export class TunnelError extends Error {
  override readonly name = 'TunnelError';
}
