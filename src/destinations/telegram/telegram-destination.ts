import type { Destination, Receipt, SendContext } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import { request } from '../../shared/outbound.ts';
import { describe } from '../../text/describe.ts';
import { inOrder, paceOf } from '../lanes.ts';
import { type ApiAnswer, fieldsOf, readAnswer } from './answer.ts';
import { apiRequest } from './bot-api.ts';
import { inert } from './escape.ts';
import { render } from './render.ts';
import type { TelegramSettings } from './settings.ts';
import { DEFAULT_API } from './shapes.ts';

export interface TelegramOptions {
  readonly name: string;
  readonly settings: TelegramSettings;
  readonly clock: Clock;
}

const TIMEOUT_MS = 10_000;

/** 30 messages a second of one bot: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
const BOT_INTERVAL_MS = 34;

/** One chat that a bot posts to. */
export function telegramDestination({ name, settings, clock }: TelegramOptions): Destination {
  const { token, api_url: api = DEFAULT_API, per_minute: perMinute } = settings;
  const post = async (parameters: object, { signal, departure }: SendContext): Promise<ApiAnswer> => {
    const outbound = apiRequest(api, token, 'sendMessage', parameters);
    return readAnswer(await request({ ...outbound, timeoutMs: TIMEOUT_MS, signal, departure }), clock.now());
  };
  return {
    ...inOrder(name, 'telegram', paceOf(perMinute)),
    account: { rateKey: `${api} ${token.reveal()}`, intervalMs: perMinute === 0 ? 0 : BOT_INTERVAL_MS },
    // There is no idempotency key.
    mayForgetAttempts: true,
    isThreaded: settings.thread,
    preview: async (message) => (await import('./preview.ts')).shownAtTelegram(message),
    async send(message, context) {
      const { earlier, thread = null } = context;
      const place = placeOf(settings, thread === null ? null : earlier);
      let answer = await post({ ...place, text: render(message), parse_mode: 'HTML' }, context);
      // Better without looks than not at all.
      if (answer.isMarkup) answer = await post({ ...place, text: inert(describe(message)) }, context);
      const { outcome, result } = answer;
      const id = fieldsOf(result)['message_id'];
      if (outcome.kind !== 'sent' || thread === null || typeof id !== 'number') return outcome;
      return { ...outcome, receipt: { chat: settings.chat_id, message: id } };
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** Where it goes, and to what it replies. */
function placeOf({ chat_id: chat, topic_id: topic }: TelegramSettings, earlier: Receipt | null): object {
  const { chat: where, message: before } = earlier ?? {};
  const replies = where === chat && Number.isSafeInteger(before) && Number(before) > 0;
  return {
    chat_id: chat,
    ...(topic !== undefined && { message_thread_id: topic }),
    // A preview of each link would be longer than the message.
    link_preview_options: { is_disabled: true },
    ...(replies && { reply_parameters: { message_id: before, allow_sending_without_reply: true } }),
  };
}
