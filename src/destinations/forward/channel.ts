import type { Channel } from '../../model/plugin/channel.ts';
import { originOf } from '../../shared/origin.ts';
import { Secret } from '../../shared/secret.ts';
import { DEFAULTS, type ForwardSettings, SECRET_VARIABLE, secretProblem, takenBy, URL_VARIABLE } from './settings.ts';

export const channel: Channel<ForwardSettings> = {
  title: 'Your application',
  can: { digest: null, thread: null, card: null, edit: false, everybody: false, dedup: '`webhook-id`' },
  words: ({ url, raw, sources }) =>
    `${originOf(url.reveal())}${raw ? `, all of ${sources?.join(', ') ?? 'what is received'}` : ''}`,
  takesAll: takenBy,
  byDefault: {
    variable: URL_VARIABLE,
    settings(env) {
      const url = env.address(URL_VARIABLE);
      const secret = env.token(SECRET_VARIABLE, secretProblem);
      if (url === null) return null;
      const settings = { ...DEFAULTS, url: new Secret(url), raw: true, ...(secret && { secret }) };
      return { settings, variables: { url: URL_VARIABLE, ...(secret && { secret: SECRET_VARIABLE }) } };
    },
  },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  connect: async () => (await import('./connect/connect.ts')).connect,
  check: async (name, settings, asking) => (await import('./connect/check.ts')).check(name, settings, asking),
  async open({ name, settings, clock, resign }) {
    const { forwardDestination } = await import('./forward-destination.ts');
    return forwardDestination({ name, settings, clock, resign });
  },
};
