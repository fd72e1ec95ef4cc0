import { type Answer, type Asked, type ServiceDouble, startServiceDouble } from './service-double.ts';
import { checkTelegram, type ParsedText, type TelegramMessage, telegramNo } from './telegram-rules.ts';

export const TELEGRAM_TOKEN = '123456789:AAEaTokenOfNobody-1234567890abcdefg';
export const TELEGRAM_CHAT = '-1001234567890';

export interface ToldAtTelegram extends TelegramMessage {
  readonly id: number;
  readonly parsed: ParsedText;
}

export interface TelegramDouble extends ServiceDouble {
  readonly token: string;
  readonly chat: string;
  readonly messages: readonly ToldAtTelegram[];
  /** Requests that are not as Telegram documents them. */
  readonly violations: readonly string[];
}

const CHAT = { id: Number(TELEGRAM_CHAT), type: 'supergroup', title: 'Releases' };

/** Telegram's Bot API, with one bot in one group: https://core.telegram.org/bots/api */
export async function startTelegramDouble(): Promise<TelegramDouble> {
  const messages: ToldAtTelegram[] = [];
  const violations: string[] = [];

  function answer({ method, url, headers, json }: Asked): Answer {
    const [, token, name] = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
    if (method !== 'POST' || headers['content-type'] !== 'application/json')
      violations.push(`${method} ${headers['content-type']}`);
    if (token === undefined) return telegramNo(404, 'Not Found');
    if (token !== TELEGRAM_TOKEN) return telegramNo(401, 'Unauthorized');
    if (name === 'getMe') return yes({ id: 123456789, is_bot: true, username: 'tidings_bot' });
    if (name === 'getUpdates') return yes([{ update_id: 1, message: { message_id: 1, chat: CHAT } }]);
    const { chat_id: chat } = json as { readonly chat_id?: unknown };
    if (chat !== TELEGRAM_CHAT) return telegramNo(400, 'Bad Request: chat not found');
    if (name === 'getChat') return yes(CHAT);
    if (name !== 'sendMessage') return telegramNo(404, 'Not Found');
    const checked = checkTelegram(json);
    if ('status' in checked) {
      violations.push(checked.body.description);
      return checked;
    }
    const told = { ...checked.message, parsed: checked.parsed, id: messages.length + 1 };
    messages.push(told);
    return yes({ message_id: told.id, chat: CHAT, text: checked.parsed.text });
  }

  const service = await startServiceDouble({
    answer,
    isPost: ({ url }) => url.pathname.endsWith('/sendMessage'),
    violations,
  });
  return { ...service, token: TELEGRAM_TOKEN, chat: TELEGRAM_CHAT, messages, violations };
}

function yes(result: unknown): Answer {
  return { status: 200, body: { ok: true, result } };
}
