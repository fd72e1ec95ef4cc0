import { HELLO_TEXT, HELLO_TITLE } from '../../keep-after-hello.ts';
import { COLORS, type DiscordMessage } from '../embed.ts';

/** What `connect discord` posts: proof that it works, for everybody who reads the channel. */
export const HELLO: DiscordMessage = {
  content: '',
  embeds: [
    {
      title: HELLO_TITLE,
      description: HELLO_TEXT,
      color: COLORS.opened,
      footer: { text: 'posted by tidings connect discord' },
    },
  ],
  allowed_mentions: { parse: [], users: [], roles: [] },
};
