import { channel } from '../../../src/destinations/pagerduty/channel.ts';
import { DEFAULTS } from '../../../src/destinations/pagerduty/settings.ts';
import type { Destination } from '../../../src/model/destination.ts';
import type { Notification } from '../../../src/model/notification.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { ROUTING_KEY, startPagerdutyDouble } from '../../doubles/pagerduty-double.ts';
import { OPENING, type Pointed } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = {
  pagerduty: () => underTest((destination) => destination),
  'pagerduty with alerts': () => underTest(alarming),
};

async function underTest(wrapped: (destination: Destination) => Destination): Promise<DestinationUnderTest> {
  const double = await startPagerdutyDouble();
  const settings = { ...DEFAULTS, routing_key: new Secret(ROUTING_KEY), url: double.origin };
  const shown = () => double.messages.map((event) => JSON.stringify(event));
  return {
    destination: wrapped(await channel.open({ ...OPENING, settings })),
    words: channel.words(settings),
    secrets: [ROUTING_KEY],
    shown,
    violations: () => double.violations,
    // Plain text, in which an address is a link to itself.
    harm: () => double.messages.flatMap((event) => [...textsIn(event)]).filter(acts),
    endings: {
      busy: () => double.plan({ status: 429, headers: { 'retry-after': '3' } }),
      failing: () => double.plan({ status: 500, body: 'Internal Server Error' }),
      lost: () => double.plan('drop'),
      stuck: () => double.plan('hang'),
      final: () =>
        double.plan({ status: 400, body: { status: 'invalid event', errors: ["'payload.summary' is too long"] } }),
      // It repeats what it was sent.
      broken: () =>
        double.plan({ status: 400, body: { status: 'invalid event', errors: [`Invalid routing key ${ROUTING_KEY}`] } }),
    },
    lacks: {
      repeat: 'an alert that is told twice is one, by what is broken; a change says so',
      key: 'an alert is known by what is broken, whichever message tells it; a change by nothing',
    },
    reached: (count) => double.waitFor(count),
    close: async () => double[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => double[Symbol.asyncDispose](),
  };
}

/** The same as bad news. */
function alarming(destination: Destination): Destination {
  const bad = (notification: Notification): Notification => {
    const { activity } = notification;
    return { ...notification, activity: { ...activity, said: { ...activity.said, tone: 'bad' } } };
  };
  return {
    ...destination,
    send: (message, context) =>
      message.kind === 'single'
        ? destination.send({ ...message, notification: bad(message.notification) }, context)
        : destination.send(message, context),
  };
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) yield* textsIn(each);
}

function acts(text: string): boolean {
  return /(?![\n])\p{Cc}|\p{Bidi_Control}/u.test(text) || !text.isWellFormed();
}

/** The same at an address of somebody else's. */
export const pointed: Pointed = {
  pagerduty: async (origin) => {
    const settings = { ...DEFAULTS, routing_key: new Secret(ROUTING_KEY), url: origin };
    return { destination: await channel.open({ ...OPENING, settings }), secrets: [ROUTING_KEY] };
  },
};
