import type { Secret } from '../../shared/secret.ts';

export interface GoogleChatSettings {
  /** Whoever knows it can post. */
  readonly webhook_url: Secret;
  /** Whether what is about one issue or incident goes into one thread. */
  readonly thread: boolean;
  /** Messages a minute. 0: no pace. */
  readonly per_minute: number;
}
