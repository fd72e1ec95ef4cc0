import { COLORS, type DiscordMessage } from '../embed.ts';

/** What `connect discord` posts: proof that it works, for everybody who reads the channel. */
export const HELLO: DiscordMessage = {
  content: '',
  embeds: [
    {
      title: '👋 Tidings is connected',
      description: 'Activity that its rules ask for will be told here.',
      color: COLORS.opened,
      footer: { text: 'posted by tidings connect discord' },
    },
  ],
  allowed_mentions: { parse: [], users: [], roles: [] },
};
