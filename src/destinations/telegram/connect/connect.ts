import { type Connect, ConnectError, type Typed } from '../../../model/plugin/connect.ts';
import { takeSecret } from '../../../model/plugin/keeping.ts';
import type { Talk } from '../../../model/plugin/talk.ts';
import { notConnected } from '../../connecting.ts';
import { HELLO_OPTIONS, HELLO_TEXT, HELLO_TITLE, keepAfterHello } from '../../keep-after-hello.ts';
import { unseen } from '../../looked.ts';
import { CHAT_VARIABLE, chatProblem, DEFAULT_API, TOKEN_VARIABLE, tokenProblem } from '../shapes.ts';
import { ask, type Bot, chatOf, chatsSeen } from './look.ts';

export const connect: Connect = {
  says: 'take a bot token, post a hello to a chat, keep both in .env',
  options: [
    { flags: '--chat <id>', says: 'where to post: the id of a chat, or the @name of a public channel' },
    ...HELLO_OPTIONS,
  ],
  examples: [
    ['', 'asks for the token, and finds the chat that the bot was added to'],
    ['--chat=-1001234567890 < token.txt', 'asks nothing'],
  ],
  note: `The token is a secret and so no option: it is pasted at a prompt, piped in, or set as ${TOKEN_VARIABLE}.`,
  run: connectTelegram,
};

const STEPS = [
  '1. Telegram → @BotFather → /newbot → a name → copy the token.',
  '2. Add the bot to the group or channel (there as an administrator), and write something there.',
  '',
];

async function connectTelegram(talk: Talk, typed: Typed): Promise<void> {
  const token = await takeSecret(talk, await talk.piped(), {
    variable: TOKEN_VARIABLE,
    message: 'The token of the bot (it does not show):',
    steps: STEPS,
    problemOf: tokenProblem,
  });
  const { set } = await talk.settings();
  const api = set.base('TELEGRAM_API_URL') ?? DEFAULT_API;
  const bot: Bot = { api, token, signal: talk.signal, clock: talk.clock };
  const { outcome } = await ask(bot, 'getMe', {});
  if (outcome.kind !== 'sent') throw notConnected(talk, unseen(outcome));
  const { chat: typedChat } = typed.options;
  const chat = typeof typedChat === 'string' ? typedChat : (set.text(CHAT_VARIABLE) ?? (await onlyChat(bot)));
  const problem = chatProblem(chat);
  if (problem !== undefined) throw new ConnectError('usage', `The chat ${problem}`);
  const seen = await chatOf(bot, chat);
  if (typeof seen !== 'string') throw notConnected(talk, unseen(seen));
  const text = `<b>${HELLO_TITLE}</b>\n${HELLO_TEXT}`;
  await keepAfterHello(talk, typed, {
    title: 'Telegram',
    type: 'telegram',
    where: `the ${seen}`,
    variables: { [TOKEN_VARIABLE]: token.reveal(), [CHAT_VARIABLE]: chat },
    keys: { token: TOKEN_VARIABLE, chat_id: CHAT_VARIABLE },
    hello: async () =>
      (
        await ask(bot, 'sendMessage', {
          chat_id: chat,
          text,
          parse_mode: 'HTML',
          link_preview_options: { is_disabled: true },
        })
      ).outcome,
  });
}

/** Where there is one, nobody has to look up a number. @throws ConnectError */
async function onlyChat(bot: Bot): Promise<string> {
  const [first, ...others] = await chatsSeen(bot);
  if (first !== undefined && others.length === 0) return first.id;
  if (first === undefined) {
    throw new ConnectError(
      'not_found',
      'The bot was seen in no chat: add it to one and write something there, then do this again; or add --chat ID.',
    );
  }
  const list = [first, ...others].map(({ id, words }) => `  --chat=${id}   ${words}`);
  throw new ConnectError('usage', `The bot is in several chats. Say which:\n${list.join('\n')}`);
}
