import type { Destination } from '../../model/destination.ts';
import { Secret } from '../../shared/secret.ts';
import { discordDestination as createDiscord } from './discord-destination.ts';
import type { FollowUps } from './requests.ts';

export interface DiscordOptions {
  readonly name: string;
  /** Whoever knows it can post. */
  readonly webhookUrl: string | Secret;
  /** Later news about one issue: a message of its own (default), an edit, or a message in the thread of a forum. */
  readonly followUps?: FollowUps;
  /** The thread that messages go into. */
  readonly threadId?: string;
  /** Default: as the webhook is called. */
  readonly username?: string;
  /** Messages a minute. Default 30, Discord's own limit for a channel; 0: no pace. */
  readonly perMinute?: number;
}

/** One Discord channel behind a webhook. */
export function discordDestination(options: DiscordOptions): Destination {
  const { name, webhookUrl, followUps = 'post', threadId = null, username = null, perMinute = 30 } = options;
  return createDiscord({ name, webhookUrl: Secret.of(webhookUrl), followUps, threadId, username, perMinute });
}
