import type { Outcome } from '../../../model/destination.ts';
import type { Clock } from '../../../shared/clock.ts';
import { request } from '../../../shared/outbound.ts';
import type { Secret } from '../../../shared/secret.ts';
import { cut, oneLine } from '../../../text/plain.ts';
import { type ApiAnswer, fieldsOf, readAnswer } from '../answer.ts';
import { apiRequest } from '../bot-api.ts';

export interface Bot {
  readonly api: string;
  readonly token: Secret;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

export async function ask(bot: Bot, method: string, parameters: object): Promise<ApiAnswer> {
  const { api, token, signal, clock } = bot;
  const result = await request({ ...apiRequest(api, token, method, parameters), timeoutMs: 10_000, signal });
  return readAnswer(result, clock.now());
}

/** `supergroup "Releases"`; else why it cannot be seen. https://core.telegram.org/bots/api#getchat */
export async function chatOf(bot: Bot, chat: string): Promise<string | Exclude<Outcome, { kind: 'sent' }>> {
  const { outcome, result } = await ask(bot, 'getChat', { chat_id: chat });
  return outcome.kind === 'sent' ? chatWords(result) : outcome;
}

export interface SeenChat {
  readonly id: string;
  readonly words: string;
}

/** The chats in which somebody wrote to the bot, or added it, within the last day: https://core.telegram.org/bots/api#getupdates */
export async function chatsSeen(bot: Bot): Promise<readonly SeenChat[]> {
  const { result } = await ask(bot, 'getUpdates', { limit: 100, timeout: 0 });
  const chats = (Array.isArray(result) ? (result as readonly unknown[]) : []).flatMap((update) =>
    ['message', 'channel_post', 'my_chat_member'].map((key) => fieldsOf(fieldsOf(fieldsOf(update)[key])['chat'])),
  );
  const seen = chats
    .filter(({ id }) => typeof id === 'number')
    .map((chat) => [String(chat['id']), chatWords(chat)] as const);
  return [...new Map(seen)].map(([id, words]) => ({ id, words }));
}

function chatWords(chat: unknown): string {
  const { type, title, username, first_name: first } = fieldsOf(chat);
  const name = [title, username, first].find((each) => typeof each === 'string');
  const kind = typeof type === 'string' ? cut(oneLine(type), 20) : 'chat';
  return name === undefined ? kind : `${kind} "${cut(oneLine(name), 60)}"`;
}
