import type { Secret } from '../../shared/secret.ts';

export interface NatsSettings {
  /** It may hold a password or a token. */
  readonly url: Secret;
  /** Path of a file with a JWT and a seed. */
  readonly creds?: string;
  /** A `>` at its end stands for source and kind. */
  readonly subject: string;
  /** Messages on their way at once. */
  readonly concurrency: number;
  readonly timeout_ms: number;
}
