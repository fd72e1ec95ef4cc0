import { CHANNELS, PROVIDERS } from '../../src/catalog.ts';

interface Kind {
  readonly what: string;
  /** Of src/catalog.ts. */
  readonly table: 'providers' | 'channels';
  readonly taken: readonly string[];
  /** The file of its folder that the row names. */
  readonly module: string;
  /** What `npm run golden` writes for this row alone. */
  readonly golden: (name: string) => string;
  /** One to learn from. */
  readonly done: string;
  /** What is asked of all of them. */
  readonly suite: string;
}

/** What can be begun, by the word that is typed. */
export const KINDS = {
  source: {
    what: 'a provider whose webhooks are received',
    table: 'providers',
    taken: Object.keys(PROVIDERS),
    module: 'provider',
    golden: (name) => `tests/golden/${name}/`,
    done: 'stripe',
    suite: 'tests/conformance/{source,told,catalog}.test.ts',
  },
  destination: {
    what: 'a place that messages are posted to',
    table: 'channels',
    taken: Object.keys(CHANNELS),
    module: 'channel',
    golden: (name) => `tests/golden/destinations/${name}.txt`,
    done: 'discord',
    suite: 'tests/conformance/{destination,catalog}.test.ts',
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof KINDS;

export function isKind(word: string | undefined): word is KindName {
  return word !== undefined && Object.hasOwn(KINDS, word);
}
