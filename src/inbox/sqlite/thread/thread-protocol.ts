// What the database's thread and its client say to each other.

import type { Access } from '../../access.ts';
import type { Upgrade } from '../../migrations.ts';

export interface ThreadOptions {
  readonly path: string;
  readonly role: 'writer' | 'reader' | 'checkpointer';
  readonly access: Access;
  readonly busyTimeoutMs: number;
}

/** Answers the call with the number 0, which nobody makes: the thread is ready. */
export type Ready = { readonly upgrade: Upgrade | null };

export interface Call {
  readonly id: number;
  readonly op: string;
  /** When it was asked, ms since 1970. */
  readonly askedAt: number;
  readonly values: readonly unknown[];
}

export type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly error: { readonly name: string; readonly message: string; readonly code: string | undefined };
    };
