import { channel } from '../../../src/destinations/github-dispatch/channel.ts';
import type { GithubDispatchSettings } from '../../../src/destinations/github-dispatch/settings.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { DISPATCH_TOKEN, REPO, startDispatchDouble, WORKFLOW } from '../../doubles/github-dispatch-double.ts';
import { OPENING, type Pointed } from '../destination.ts';
import type { DestinationUnderTest } from '../destination-under-test.ts';

const INPUTS = { title: 'activity.subject.title', who: 'activity.actor.login', id: 'notification.key' };

export const variants: Readonly<Record<string, () => Promise<DestinationUnderTest>>> = {
  'github-dispatch': () => underTest(),
  'github-dispatch of a workflow': () => underTest({ workflow: WORKFLOW }),
  'github-dispatch with inputs': () => underTest({ workflow: WORKFLOW, inputs: INPUTS }),
};

async function underTest(more: Partial<GithubDispatchSettings> = {}): Promise<DestinationUnderTest> {
  const double = await startDispatchDouble({ inputs: more.inputs ? Object.keys(more.inputs) : ['tidings'] });
  const token = new Secret(DISPATCH_TOKEN);
  const settings = { repo: REPO, token, allow_loop: false, api_url: double.origin, ...more };
  const shown = () => double.messages.map(({ client_payload: payload, inputs }) => JSON.stringify(payload ?? inputs));
  return {
    destination: await channel.open({ ...OPENING, settings }),
    words: channel.words(settings),
    secrets: [DISPATCH_TOKEN],
    shown,
    tries: () => double.messages.map(tried),
    violations: () => double.violations,
    // In an environment and a log: nothing that acts there, and whole characters.
    harm: () => double.messages.flatMap((each) => [...textsIn(each)]).filter(acts),
    endings: {
      busy: () =>
        double.plan({ status: 403, headers: { 'retry-after': '3' }, body: { message: 'secondary rate limit' } }),
      failing: () => double.plan({ status: 502, body: '<html>Unicorn!' }),
      lost: () => double.plan('drop'),
      stuck: () => double.plan('hang'),
      final: () => double.plan({ status: 422, body: { message: 'client_payload is too large.' } }),
      broken: () => double.plan({ status: 401, body: { message: 'Bad credentials' } }),
    },
    lacks: { repeat: 'a workflow knows it by its id, which names the same bytes at every try' },
    reached: (count) => double.waitFor(count),
    close: async () => double[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: async () => double[Symbol.asyncDispose](),
  };
}

function tried({ client_payload: payload, inputs }: Readonly<Record<string, unknown>>) {
  const told = JSON.stringify(payload ?? inputs);
  return { key: /ntf_[0-9a-f]{32}/.exec(told)?.[0] ?? '', told };
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) yield* textsIn(each);
}

function acts(text: string): boolean {
  return /(?![\n\t])\p{Cc}|\p{Bidi_Control}/u.test(text) || !text.isWellFormed();
}

/** The same at an address of somebody else's. */
export const pointed: Pointed = {
  'github-dispatch': async (origin) => {
    const token = new Secret(DISPATCH_TOKEN);
    const settings = { repo: REPO, token, allow_loop: false, api_url: origin };
    const destination = await channel.open({ ...OPENING, settings });
    return { destination, secrets: [DISPATCH_TOKEN], believesNothing: true };
  },
};
