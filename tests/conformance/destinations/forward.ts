import { channel } from '../../../src/destinations/forward/channel.ts';
import { DEFAULTS, type ForwardSettings } from '../../../src/destinations/forward/settings.ts';
import type { Destination } from '../../../src/model/destination.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { aStoredEvent, startApplicationDouble } from '../../doubles/application-double.ts';
import { OPENING, type Pointed } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = {
  forward: () => underTest({}),
  'forward, signed by its own key': () => underTest({ signature: 'standard', secret: new Secret(KEY) }),
};

const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const PATH = '/hook/aVerySecretPath-123?key=hush-hush-hush';

async function underTest(more: Partial<ForwardSettings>): Promise<DestinationUnderTest> {
  const application = await startApplicationDouble({ path: PATH });
  const settings = { ...DEFAULTS, url: new Secret(application.url), ...more };
  return {
    destination: withStore(await channel.open({ ...OPENING, settings })),
    words: channel.words(settings),
    secrets: [KEY, PATH, 'aVerySecretPath-123', 'hush-hush-hush'],
    shown: () => application.taken.map(({ body, headers }) => `${shownHeaders(headers)}\n\n${body.toString('utf8')}`),
    tries: () =>
      application.taken.map(({ headers, body }) => ({
        key: headers['webhook-id'] ?? '',
        told: body.toString('base64'),
      })),
    violations: () => application.violations,
    // The provider's bytes, for programs: texts are as they came.
    harm: () => [],
    endings: {
      busy: () => application.plan({ status: 429, retryAfter: 3 }),
      failing: () => application.plan({ status: 502 }),
      lost: () => application.plan('drop'),
      stuck: () => application.plan('hang'),
      // It repeats what it was asked, as many do.
      final: () => application.plan({ status: 422, text: `Cannot take ${PATH}` }),
      broken: () => application.plan({ status: 410, text: `Gone: ${PATH}` }),
    },
    lacks: { repeat: 'an application knows it by its webhook-id, which names the same bytes at every try' },
    reached: (count) => application.waitFor(count),
    close: async () => application[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => application[Symbol.asyncDispose](),
  };
}

/** What a lane would give it: of each event what its activity's title says, as if its provider had sent that. */
function withStore(destination: Destination): Destination {
  return {
    ...destination,
    send: (message, context) => {
      if (message.kind === 'digest') throw new Error('it takes none');
      const { eventId, isReplay, activity } = message.notification;
      const body = Buffer.from(JSON.stringify({ title: activity.subject?.title ?? activity.said.headline }));
      const stored = async () => aStoredEvent({ id: eventId, body, replays: isReplay ? 1 : 0 });
      return destination.send(message, { ...context, stored });
    },
  };
}

const SHOWN = /^(?:content-type|user-agent|webhook-id|tidings-|x-)/;

function shownHeaders(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .flatMap(([name, value]) => (SHOWN.test(name) ? [`${name}: ${value}`] : []))
    .join('\n');
}

/** The same at an address of somebody else's. */
export const pointed: Pointed = {
  forward: async (origin) => {
    const settings = { ...DEFAULTS, url: new Secret(origin + PATH) };
    const destination = withStore(await channel.open({ ...OPENING, settings }));
    return { destination, secrets: [PATH], believesStatus: true };
  },
};
