import type { Secret } from '../../shared/secret.ts';

/** What becomes of later news about one issue: a message of its own, or a reply to the one before. */
export const FOLLOW_UPS = ['reply', 'post'] as const;

export interface TelegramSettings {
  readonly token: Secret;
  /** `-1001234567890`, `@channel` */
  readonly chat_id: string;
  /** A topic of a group that has topics. */
  readonly topic_id?: number;
  readonly follow_ups: (typeof FOLLOW_UPS)[number];
  /** Messages a minute. 0: no pace. */
  readonly per_minute: number;
  /** Of a Bot API server of one's own, without a slash at its end. */
  readonly api_url?: string;
}
