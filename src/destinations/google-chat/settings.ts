import type { Secret } from '../../shared/secret.ts';

/** What becomes of later news about one issue: a message in its thread, or one of its own. */
export const FOLLOW_UPS = ['thread', 'post'] as const;

export interface GoogleChatSettings {
  /** Whoever knows it can post. */
  readonly webhook_url: Secret;
  readonly follow_ups: (typeof FOLLOW_UPS)[number];
  /** Messages a minute. 0: no pace. */
  readonly per_minute: number;
}
