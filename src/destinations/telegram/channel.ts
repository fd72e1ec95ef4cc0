import type { Channel, FromVariables } from '../../model/plugin/channel.ts';
import type { Variables } from '../../model/plugin/variables.ts';
import { Secret } from '../../shared/secret.ts';
import type { TelegramSettings } from './settings.ts';
import { CHAT_VARIABLE, chatProblem, DEFAULT_API, TOKEN_VARIABLE, tokenProblem } from './shapes.ts';

export const channel: Channel<TelegramSettings> = {
  title: 'Telegram',
  can: { digest: 2, thread: 'reply', card: null, edit: false, everybody: false, dedup: null },
  words: ({ chat_id: chat, topic_id: topic, thread }) =>
    [`bot in ${chat}`, topic && `topic ${topic}`, !thread && 'no replies'].filter(Boolean).join(', '),
  fromEnv: (env) => ({ api_url: env.base('TELEGRAM_API_URL') ?? DEFAULT_API }),
  byDefault: { variable: TOKEN_VARIABLE, settings: fromVariables },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, settings, asking) => (await import('./connect/check.ts')).check(name, settings, asking),
  async open({ name, settings, clock }) {
    const { telegramDestination } = await import('./telegram-destination.ts');
    return telegramDestination({ name, settings, clock });
  },
};

function fromVariables(env: Variables): FromVariables<TelegramSettings> | null {
  const token = env.text(TOKEN_VARIABLE);
  const chat = env.text(CHAT_VARIABLE);
  if (token === null) {
    if (chat !== null) env.tell(CHAT_VARIABLE, `needs a bot that posts there: set ${TOKEN_VARIABLE} too.`);
    return null;
  }
  if (chat === null) {
    env.tell(TOKEN_VARIABLE, `needs a chat to post to: set ${CHAT_VARIABLE} too, or run tidings connect telegram.`);
    return null;
  }
  const problems = [
    [TOKEN_VARIABLE, tokenProblem(token)],
    [CHAT_VARIABLE, chatProblem(chat)],
  ] as const;
  for (const [variable, problem] of problems) if (problem !== undefined) env.tell(variable, problem);
  const settings = { token: new Secret(token), chat_id: chat, thread: true, per_minute: 20 } as const;
  return { settings, variables: { token: TOKEN_VARIABLE } };
}
