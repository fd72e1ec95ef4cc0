import type { Provider } from '../../model/plugin/provider.ts';

interface TwilioSettings {
  /** As it is set at Twilio, where PUBLIC_URL and the source's path do not say it. */
  readonly url?: string;
}

export const provider: Provider<TwilioSettings> = {
  title: 'Twilio',
  words: ({ url }) => `messages and calls, ${url === undefined ? 'called by PUBLIC_URL' : 'at an address of its own'}`,
  classics: {
    message: ['received', 'failed', 'undelivered'],
    call: ['busy', 'completed', 'failed', 'no-answer'],
    debugger: ['error'],
  },
  proof: () => 'signature over the URL and the fields in X-Twilio-Signature',
  calledAt: ({ url }) => url ?? null,
  secret: { variable: 'TWILIO_AUTH_TOKEN', from: 'issued', problemOf },
  schema: async () => (await import('./schema.ts')).SCHEMA,
  events: async () => (await import('./events.ts')).EVENTS,
  async source({ name, secrets, settings }) {
    const { twilioSource } = await import('./source.ts');
    return twilioSource({ name, secrets, url: settings.url ?? null });
  },
  check: async (source) => (await import('./check.ts')).check(source),
  setup: async () => (await import('./setup.ts')).SETUP,
  firstSample: 'message.received',
  samples: async () => (await import('./samples/samples.ts')).SAMPLES,
  async sign({ body, url, received }, secret, settings) {
    const { isForm, signedHeaders } = await import('./sign.ts');
    if (received === undefined) return signedHeaders(body, url, secret, settings.url);
    if (isForm(received)) return signedHeaders(body, url, secret);
    throw new Error('Twilio puts the digest of what is no form into the address, which is not ours to change');
  },
};

/** What stands beside the token, and is no secret. */
function problemOf(secret: string): string | undefined {
  return /^(?:AC|SK)[0-9a-f]{32}$/.test(secret)
    ? 'is an account or key SID: the auth token stands below it, 32 hex digits.'
    : undefined;
}
