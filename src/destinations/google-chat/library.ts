import type { Destination } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { mustFit } from '../must-fit.ts';
import { googleChatDestination as createGoogleChat } from './google-chat-destination.ts';
import { webhookProblem } from './shapes.ts';

export interface GoogleChatOptions {
  readonly name: string;
  /** Whoever knows it can post. */
  readonly webhookUrl: string | Secret;
  /** Whether later news about one issue or incident is a message in its thread, where no rule says otherwise. Default: it is. */
  readonly thread?: boolean;
  /** Messages a minute. Default 50; 0: no pace. */
  readonly perMinute?: number;
}

/**
 * One space of Google Chat behind a webhook.
 * @throws Error when the address cannot be that of one
 */
export function googleChatDestination(options: GoogleChatOptions): Destination {
  const { name, thread = true, perMinute = 50 } = options;
  const webhookUrl = Secret.of(options.webhookUrl);
  mustFit('googleChatDestination', { webhookUrl: webhookProblem(webhookUrl.reveal()) });
  const settings = { webhook_url: webhookUrl, thread, per_minute: perMinute };
  return createGoogleChat({ name, settings, clock: systemClock });
}
