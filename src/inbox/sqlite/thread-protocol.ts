// What the database's thread and its client say to each other.

export interface ThreadOptions {
  readonly path: string;
  readonly role: 'writer' | 'reader' | 'keeper';
  readonly busyTimeoutMs: number;
}

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
