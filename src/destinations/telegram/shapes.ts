// What people paste and what it should have been. Each tells what is wrong with the text as a predicate, or undefined; the
// text itself may be a secret and is not repeated.

export const TOKEN_VARIABLE = 'TELEGRAM_BOT_TOKEN';
export const CHAT_VARIABLE = 'TELEGRAM_CHAT_ID';
export const DEFAULT_API = 'https://api.telegram.org';

/** https://core.telegram.org/bots/api#authorizing-your-bot */
export function tokenProblem(text: string): string | undefined {
  if (/^\d+:[\w-]{20,}$/.test(text)) return undefined;
  return 'is not the token of a bot: ask @BotFather at Telegram for /newbot or /mybots → API Token, as in 123456789:AAE….';
}

export const CHAT = '^(?:-?\\d{1,20}|@[A-Za-z]\\w{3,31})$';

export function chatProblem(text: string): string | undefined {
  if (new RegExp(CHAT).test(text)) return undefined;
  return 'must be the id of a chat in quotes, as in "-1001234567890", or the @name of a public channel. `tidings connect telegram` lists the chats that the bot was seen in.';
}

export const PERSON = '^(?:tg://user\\?id=\\d{5,15}|@[A-Za-z]\\w{3,31})$';

export function personProblem(text: string): string | undefined {
  return new RegExp(PERSON).test(text)
    ? undefined
    : 'must be a name at Telegram, as in "@mona_l", or "tg://user?id=80351110" (in quotes).';
}
