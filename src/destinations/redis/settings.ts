import type { Secret } from '../../shared/secret.ts';

export interface RedisSettings {
  /** It may hold a password. */
  readonly url: Secret;
  readonly stream: string;
  /** About so many entries are kept. 0: all. */
  readonly max_length: number;
  /** Entries on their way at once. */
  readonly concurrency: number;
  readonly timeout_ms: number;
}
