import type { Channel } from '../../model/plugin/channel.ts';
import { originOf } from '../../shared/origin.ts';
import { Secret } from '../../shared/secret.ts';
import type { GoogleChatSettings } from './settings.ts';
import { WEBHOOK_VARIABLE, webhookProblem } from './shapes.ts';

export const channel: Channel<GoogleChatSettings> = {
  title: 'Google Chat',
  can: { digest: 2, thread: 'thread', card: null, edit: false, everybody: true, dedup: 'request id' },
  words: ({ webhook_url: url, thread }) => `webhook at ${originOf(url.reveal())}${thread ? '' : ', no threads'}`,
  byDefault: {
    variable: WEBHOOK_VARIABLE,
    settings(env) {
      const url = env.address(WEBHOOK_VARIABLE);
      if (url === null) return null;
      const problem = webhookProblem(url);
      if (problem !== undefined) env.tell(WEBHOOK_VARIABLE, problem);
      const settings = { webhook_url: new Secret(url), thread: true, per_minute: 50 } as const;
      return { settings, variables: { webhook_url: WEBHOOK_VARIABLE } };
    },
  },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, { webhook_url: url }) => [(await import('../webhook-connect.ts')).unaskable(name, url)],
  async open({ name, settings, clock }) {
    const { googleChatDestination } = await import('./google-chat-destination.ts');
    return googleChatDestination({ name, settings, clock });
  },
};
