import type { Received, Source, SourceRequest } from '../../model/source.ts';
import { type Keys, keyIdsOf, keysOf } from '../../shared/hmac.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { identify } from './identify.ts';
import { glance, verify } from './verify.ts';

export interface GithubSourceOptions {
  readonly name: string;
  /** All are tried, in this order, while a secret is being rotated. None, or an empty one, verifies nothing. */
  readonly secrets: readonly Secret[];
}

/** GitHub's webhooks: repository, organisation and app hooks, github.com and Enterprise Server. */
export function githubSource({ name, secrets }: GithubSourceOptions): Source {
  const keys = keysOf(secrets);
  return {
    name,
    provider: 'github',
    contentTypes: ['application/json', 'application/x-www-form-urlencoded'],
    onceHeaders: ['x-hub-signature-256', 'x-github-event', 'x-github-delivery', 'x-github-hook-id'],
    // `cookie`, `authorization` and both signatures stay out: what is stored can be read by everyone with the database.
    storedHeaders: [
      'content-type',
      'user-agent',
      'x-github-event',
      'x-github-delivery',
      'x-github-hook-id',
      'x-github-hook-installation-target-id',
      'x-github-hook-installation-target-type',
      'x-github-enterprise-host',
      'x-github-enterprise-version',
    ],
    bodies: 'unique',
    glance,
    receive: (request) => receive(keys, request),
    diagnose: (request, refused) => diagnose(secrets, request, refused),
    normalise: (event) => normaliser?.(event) ?? load().then((normalise) => normalise(event)),
    know: (type, payload) => knowing?.know(type, payload) ?? loadKnowing().then(({ know }) => know(type, payload)),
    addresses: (type, payload) =>
      knowing?.addresses(type, payload) ?? loadKnowing().then(({ addresses }) => addresses(type, payload)),
    keyIds: keyIdsOf(secrets),
  };
}

type Normalise = typeof import('./normalise.ts')['normalise'];

/** The words for some seventy events wait for the first one: they are a quarter of all modules, and 5 MB. */
let normaliser: Normalise | undefined;

async function load(): Promise<Normalise> {
  ({ normalise: normaliser } = await import('./normalise.ts'));
  return normaliser;
}

type Knowing = Pick<typeof import('./know/know.ts') & typeof import('./know/addresses.ts'), 'know' | 'addresses'>;

/** What is known of pull requests and people waits for the first who shows cards, reminds, or looks people up. */
let knowing: Knowing | undefined;

async function loadKnowing(): Promise<Knowing> {
  const [{ know }, { addresses }] = await Promise.all([import('./know/know.ts'), import('./know/addresses.ts')]);
  return (knowing = { know, addresses });
}

function receive(keys: Keys, request: SourceRequest): Received {
  const secretNo = verify(keys, request);
  if (typeof secretNo !== 'number') return secretNo;
  const identity = identify(request.headers);
  if ('missing' in identity) return { kind: 'unidentified', secretNo, missing: identity.missing };
  const { deliveryId, guid, type } = identity;
  return { kind: 'event', deliveryId, guid, type, secretNo };
}
