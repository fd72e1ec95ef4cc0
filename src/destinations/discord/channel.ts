import type { Channel } from '../../model/plugin/channel.ts';
import { Secret } from '../../shared/secret.ts';
import type { DiscordSettings } from './settings.ts';
import { WEBHOOK_VARIABLE, webhookProblem } from './shapes.ts';

export const channel: Channel<DiscordSettings> = {
  title: 'Discord',
  can: { digest: 2, thread: 'forum post', card: null, edit: true, everybody: true, dedup: null },
  whyNoThreads: (settings) =>
    isForum(settings) ? null : 'a webhook opens threads in forums only; where this is one, set thread: true there',
  words: ({ thread_id: thread, ...settings }) =>
    [
      'webhook',
      thread && `thread ${thread}`,
      followUpsOf(settings) !== 'post' && `follow_ups: ${followUpsOf(settings)}`,
    ]
      .filter(Boolean)
      .join(', '),
  byDefault: {
    variable: WEBHOOK_VARIABLE,
    settings(env) {
      const url = env.address(WEBHOOK_VARIABLE);
      if (url === null) return null;
      const problem = webhookProblem(url);
      if (problem !== undefined) env.tell(WEBHOOK_VARIABLE, problem);
      const settings = { webhook_url: new Secret(url), follow_ups: 'post', per_minute: 30 } as const;
      return { settings, variables: { webhook_url: WEBHOOK_VARIABLE } };
    },
  },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, settings, asking) => (await import('./connect/check.ts')).check(name, settings, asking),
  async open({ name, settings, clock }) {
    const { discordDestination } = await import('./discord-destination.ts');
    return discordDestination({
      name,
      webhookUrl: settings.webhook_url,
      followUps: followUpsOf(settings),
      threadId: settings.thread_id ?? null,
      username: settings.username ?? null,
      perMinute: settings.per_minute,
      clock,
    });
  },
};

type Follows = Pick<DiscordSettings, 'thread' | 'follow_ups'>;

function followUpsOf({ thread, follow_ups: followUps }: Follows): DiscordSettings['follow_ups'] {
  return thread ? 'thread' : followUps;
}

function isForum(settings: Follows): boolean {
  return followUpsOf(settings) === 'thread';
}
