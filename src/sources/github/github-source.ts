import type { Source } from '../../model/source.ts';
import type { Secret } from '../../shared/secret.ts';
import { diagnose } from './diagnose.ts';
import { identify } from './identify.ts';
import { normalise } from './normalise.ts';
import { glance, keyIdsOf, keysOf, verify } from './verify.ts';

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
    glance,
    verify: (headers, body) => verify(keys, headers, body),
    diagnose: (headers, body, refusal) => diagnose(secrets, headers, body, refusal),
    identify,
    normalise,
    keyIds: keyIdsOf(secrets),
  };
}
