import type { Channel } from '../../model/plugin/channel.ts';
import { originOf } from '../../shared/origin.ts';
import { Secret } from '../../shared/secret.ts';
import { topicProblem, URL_VARIABLE } from './address.ts';
import type { NtfySettings } from './settings.ts';
import { tokenProblem } from './token.ts';

export const channel: Channel<NtfySettings> = {
  title: 'ntfy',
  can: { digest: 2, thread: null, card: null, edit: false, everybody: false, dedup: null },
  words: ({ url, token }) => `a topic at ${originOf(url.reveal())}${token ? ', with a token' : ''}`,
  byDefault: {
    variable: URL_VARIABLE,
    settings(env) {
      const url = env.address(URL_VARIABLE);
      const token = env.token('NTFY_TOKEN', tokenProblem);
      if (url === null) return null;
      const problem = topicProblem(url);
      if (problem !== undefined) env.tell(URL_VARIABLE, problem);
      return {
        settings: { url: new Secret(url), ...(token && { token }), per_minute: 12 },
        variables: { url: URL_VARIABLE, ...(token && { token: 'NTFY_TOKEN' }) },
      };
    },
  },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, settings, asking) => (await import('./connect/check.ts')).check(name, settings, asking),
  async open({ name, settings, clock }) {
    const { ntfyDestination } = await import('./ntfy-destination.ts');
    return ntfyDestination({ name, settings, clock });
  },
};
