import { channel } from '../../../src/destinations/discord/channel.ts';
import type { DiscordSettings } from '../../../src/destinations/discord/settings.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { DISCORD_TOKEN, type DiscordDoubleOptions, startDiscordDouble } from '../../doubles/discord-double.ts';
import { harmInDiscord } from '../../golden/harm-elsewhere.ts';
import { OPENING, type Pointed } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = {
  'discord, each a message': () => underTest('post'),
  'discord, edits': () => underTest('edit'),
  'discord, threads of a forum': () => underTest('thread', { isForum: true }),
};

async function underTest(
  followUps: DiscordSettings['follow_ups'],
  options: DiscordDoubleOptions = {},
): Promise<DestinationUnderTest> {
  const discord = await startDiscordDouble({ enforceRate: false, ...options });
  const settings = { webhook_url: new Secret(discord.webhookUrl), follow_ups: followUps, per_minute: 0 };
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    secrets: [DISCORD_TOKEN, discord.webhookUrl],
    shown: () => discord.messages.map(({ payload }) => JSON.stringify(payload)),
    violations: () => discord.violations,
    harm: () =>
      discord.messages.flatMap(({ payload, pings }) => [
        ...pings.map((who) => `calls ${who}`),
        ...(payload.embeds ?? []).flatMap(({ title = '', description = '', fields = [] }) =>
          [title, description, payload.content ?? '', ...fields.flatMap(({ name, value }) => [name, value])].flatMap(
            (text) => harmInDiscord(text),
          ),
        ),
      ]),
    threads: () => discord.messages.map(({ thread }) => thread),
    endings: {
      busy: () =>
        discord.plan({
          status: 429,
          body: { message: 'You are being rate limited.', retry_after: 2.57, global: false },
          headers: { 'retry-after': '3' },
        }),
      failing: () => discord.plan({ status: 503, body: '' }),
      lost: () => discord.plan('drop'),
      stuck: () => discord.plan('hang'),
      final: () => discord.plan({ status: 400, body: { message: 'Blocked by AutoMod', code: 200000 } }),
      broken: () => discord.deleteWebhook(),
    },
    lacks: { key: 'webhooks take no nonce: each post is a message' },
    reached: (count) => discord.waitFor(count),
    close: () => discord.close(),
    [Symbol.asyncDispose]: () => discord.close(),
  };
}

/** The same at an address of somebody else's. */
export const pointed: Pointed = {
  discord: async (origin) => {
    const url = `${origin}/api/webhooks/1100000000000000001/${DISCORD_TOKEN}`;
    const settings = { webhook_url: new Secret(url), follow_ups: 'post', per_minute: 0 } as const;
    return {
      destination: await channel.open({ ...OPENING, settings }),
      secrets: [DISCORD_TOKEN],
      believesNothing: true,
    };
  },
};
