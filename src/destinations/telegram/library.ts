import type { Destination } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { Secret } from '../../shared/secret.ts';
import { mustFit } from '../must-fit.ts';
import { chatProblem, tokenProblem } from './shapes.ts';
import { telegramDestination as createTelegram } from './telegram-destination.ts';

export interface TelegramOptions {
  readonly name: string;
  /** Of the bot, as @BotFather gave it. */
  readonly token: string | Secret;
  /** `-1001234567890`, or `@channel` of a public one. */
  readonly chatId: string;
  /** A topic of a group that has topics. */
  readonly topicId?: number;
  /** Whether later news about one issue or incident is a reply to the message before, where no rule says otherwise. Default: it is. */
  readonly thread?: boolean;
  /** Messages a minute. Default 20, Telegram's own limit for a bot in a group; 0: no pace. */
  readonly perMinute?: number;
  /** Of a Bot API server of your own. Default `https://api.telegram.org`. */
  readonly apiUrl?: string;
}

/**
 * One chat that a bot posts to.
 * @throws Error when the token or the chat cannot be one
 */
export function telegramDestination(options: TelegramOptions): Destination {
  const { name, chatId, topicId, thread = true, perMinute = 20, apiUrl } = options;
  const token = Secret.of(options.token);
  mustFit('telegramDestination', { token: tokenProblem(token.reveal()), chatId: chatProblem(chatId) });
  const settings = {
    token,
    chat_id: chatId,
    ...(topicId !== undefined && { topic_id: topicId }),
    thread,
    per_minute: perMinute,
    ...(apiUrl !== undefined && { api_url: apiUrl.replace(/\/$/, '') }),
  };
  return createTelegram({ name, settings, clock: systemClock });
}
