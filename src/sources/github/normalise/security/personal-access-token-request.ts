import type { Sum } from '../../../../model/activity.ts';
import {
  isObject,
  numberOrNull,
  type Payload,
  read,
  text,
  textOrNull,
  timeOrNull,
} from '../../../../shared/payload.ts';
import { enumerated, grouped, spaced } from '../../../../text/words.ts';
import type { FamilyOutput } from '../family.ts';
import { besideActor } from '../people.ts';
import { orgPage } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';

const WORDS = wordTable({
  created: ['Access token wants approval', 'asks {repo} to approve an access token', 'waiting'],
  approved: ['Access token approved', 'approved an access token in {repo}', 'good'],
  denied: ['Access token denied', 'denied an access token in {repo}'],
  cancelled: ['Access token request withdrawn', 'withdrew an access token request in {repo}'],
});

const SUMS: ReadonlyMap<string, Sum> = new Map<string, Sum>([
  ['created', { noun: 'access token', part: ['wants approval', 'want approval'], alone: null }],
  ['cancelled', { noun: 'access token request', part: 'withdrawn', alone: null }],
]);

const AT = 'personal_access_token_request';

/** A person asks an organization to let a fine-grained token in. The title is the token's name, as its owner calls it. */
export function personalAccessTokenRequest(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const expires = textOrNull(payload, `${AT}.token_expires_at`)?.slice(0, 10) ?? null;
  return {
    ...told(action, wordsFor(action, WORDS, 'access token request')),
    subject: {
      noun: 'access token',
      handle: null,
      title: textOrNull(payload, `${AT}.token_name`) ?? 'Access token',
      url: orgPage(payload, 'personal-access-token-requests'),
    },
    facts: [
      besideActor(payload, 'of', `${AT}.owner.login`),
      reach(payload),
      enumerated(permissions(payload)),
      expires === null ? 'never expires' : `until ${expires}`,
    ],
    sum: SUMS.get(action) ?? null,
    author: textOrNull(payload, `${AT}.owner.login`),
    occurredAt: action === 'created' ? timeOrNull(payload, `${AT}.created_at`) : null,
  };
}

function reach(payload: Payload): string | null {
  const selection = textOrNull(payload, `${AT}.repository_selection`);
  const count = numberOrNull(payload, `${AT}.repository_count`);
  if (selection === 'all') return 'all repositories';
  if (selection === 'none') return 'no repositories';
  return count === null ? null : `${grouped(count)} ${count === 1 ? 'repository' : 'repositories'}`;
}

/** `contents: write`; every token may read metadata, which is not worth a word. Writing comes first. */
function permissions(payload: Payload): readonly string[] {
  return ['organization', 'repository', 'other']
    .flatMap((group) => {
      const granted = read(payload, `${AT}.permissions_result.${group}`);
      return isObject(granted) ? Object.entries(granted) : [];
    })
    .filter(([name, level]) => name !== 'metadata' && typeof level === 'string')
    .toSorted(([, a], [, b]) => Number(a === 'read') - Number(b === 'read'))
    .map(([name, level]) => `${spaced(name)}: ${String(level).slice(0, 20)}`);
}
