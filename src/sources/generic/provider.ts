import type { Provider } from '../../model/plugin/provider.ts';
import { filed } from './filed.ts';
import { DEFAULT_HEADER, type GenericSettings } from './settings.ts';

export const provider: Provider<GenericSettings> = {
  title: 'Generic',
  words: ({ scheme = 'hmac', header }) => {
    if (scheme === 'bearer' || scheme === 'basic') return `Authorization: ${scheme === 'basic' ? 'Basic' : 'Bearer'}`;
    return `${scheme === 'hmac' ? 'a signature' : 'a token'} in ${header ?? DEFAULT_HEADER[scheme]}`;
  },
  proof: ({ scheme = 'hmac', header }) => {
    if (scheme === 'bearer' || scheme === 'basic')
      return `${scheme === 'basic' ? 'password' : 'token'} in Authorization`;
    return `${scheme === 'hmac' ? 'signature' : 'token'} in ${header ?? DEFAULT_HEADER[scheme]}`;
  },
  secret: { variable: 'GENERIC_WEBHOOK_SECRET', from: 'chosen' },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets, settings }) {
    const { genericSource } = await import('./source.ts');
    return genericSource({ name, secrets, settings });
  },
  filed,
  check: async (source) => (await import('./check.ts')).check(source),
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'order.created',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  sign: async (delivery, secret, settings) => (await import('./sign.ts')).signedHeaders(delivery, secret, settings),
};
