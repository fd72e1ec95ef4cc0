import type { Secret } from '../../shared/secret.ts';

export interface AmqpSettings {
  /** It holds a password. */
  readonly url: Secret;
  /** One of the two. A queue is reached by the default exchange. */
  readonly exchange?: string;
  readonly queue?: string;
  /** Absent: source and kind. */
  readonly routing_key?: string;
  /** Messages on their way at once. */
  readonly concurrency: number;
  readonly timeout_ms: number;
}
