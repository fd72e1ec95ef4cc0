import type { Secret } from '../../shared/secret.ts';
import type { FollowUps } from './requests.ts';

export interface DiscordSettings {
  readonly webhook_url: Secret;
  readonly follow_ups: FollowUps;
  readonly thread_id?: string;
  /** Absent: as the webhook is called. */
  readonly username?: string;
  /** Messages a minute. 0: no pace. */
  readonly per_minute: number;
}
