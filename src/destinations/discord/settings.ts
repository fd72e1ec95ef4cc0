import type { Secret } from '../../shared/secret.ts';
import type { FollowUps } from './requests.ts';

export interface DiscordSettings {
  readonly webhook_url: Secret;
  readonly follow_ups: FollowUps;
  /** In words of all destinations: true is `follow_ups: thread`. */
  readonly thread?: boolean;
  readonly thread_id?: string;
  /** Absent: as the webhook is called. */
  readonly username?: string;
  /** Messages a minute. 0: no pace. */
  readonly per_minute: number;
}
