import type { Channel } from '../../model/plugin/channel.ts';
import { originOf } from '../../shared/origin.ts';
import { appTokenProblem } from './app-token.ts';
import type { GotifySettings } from './settings.ts';

export const channel: Channel<GotifySettings> = {
  title: 'Gotify',
  can: { digest: 2, thread: null, card: null, edit: false, everybody: false, dedup: null, paceMs: 1000 },
  words: ({ url }) => `an application at ${originOf(url)}`,
  byDefault: {
    variable: 'GOTIFY_URL',
    settings(env) {
      const url = env.base('GOTIFY_URL');
      const token = env.token('GOTIFY_TOKEN', appTokenProblem);
      if (url !== null && token !== null) return { settings: { url, token }, variables: { token: 'GOTIFY_TOKEN' } };
      if (url !== null) env.tell('GOTIFY_URL', 'needs the token of an application: set GOTIFY_TOKEN too.');
      return null;
    },
  },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, settings, asking) => (await import('./connect/check.ts')).check(name, settings, asking),
  async open({ name, settings, clock }) {
    const { gotifyDestination } = await import('./gotify-destination.ts');
    return gotifyDestination({ name, settings, clock });
  },
};
