import type { Secret } from '../../shared/secret.ts';

export interface TelegramSettings {
  readonly token: Secret;
  /** `-1001234567890`, `@channel` */
  readonly chat_id: string;
  /** A topic of a group that has topics. */
  readonly topic_id?: number;
  /** Whether what is about one issue or incident goes into one thread. */
  readonly thread: boolean;
  /** Messages a minute. 0: no pace. */
  readonly per_minute: number;
  /** Of a Bot API server of one's own, without a slash at its end. */
  readonly api_url?: string;
}
