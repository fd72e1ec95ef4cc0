import type { Compared } from '../../model/activity.ts';
import { FACETS, type Facet } from '../../model/facets.ts';
import { flatActivity } from '../../model/flat-activity.ts';

const TEXTS = 'list<string>';
const PERSON = { login: 'string', url: 'string', isBot: 'bool' } as const;

const TYPES: Readonly<Record<Facet['kind'], string>> = {
  word: 'string',
  code: 'string',
  ref: 'string',
  login: 'string',
  logins: TEXTS,
  team: 'string',
  paths: TEXTS,
  names: TEXTS,
  labels: TEXTS,
  list: TEXTS,
  flag: 'bool',
  number: 'int',
  // Compared with whole numbers too, `== 20`: CEL takes no double for that.
  amount: 'dyn',
};

/** Facet → CEL type, of those that `if:` knows. */
export function facetFields(facets: Readonly<Record<string, Facet>>): Readonly<Record<string, string>> {
  const known = Object.entries(facets).filter(([, { field }]) => field !== null);
  return Object.fromEntries(known.map(([name, { kind }]) => [name, TYPES[kind]]));
}

/** What `if:` sees as `activity`: field → CEL type. docs/rules.md lists them. */
export const ACTIVITY_FIELDS = {
  kind: 'string',
  type: 'string',
  action: 'string',
  source: 'string',
  headline: 'string',
  tone: 'string',
  isMinor: 'bool',
  actor: PERSON,
  repo: { fullName: 'string', owner: 'string', name: 'string', url: 'string' },
  org: 'string',
  subject: { noun: 'string', handle: 'string', title: 'string', url: 'string' },
  excerpt: 'string',
  facts: TEXTS,
  ...facetFields(FACETS),
} as const;

/** What a condition says of labels and drafts may change while an event settles. */
export function asksWhatSettles(condition: string): boolean {
  return /\bactivity\.(?:labels|isDraft)\b/.test(condition);
}

export type ActivityValue = Readonly<Record<string, unknown>>;

/** The activity as CEL reads it: what is not known is left out, so that asking for it is "no match" and `has()` is false. */
export function activityValue(asked: Compared): ActivityValue {
  const flat = flatActivity(asked);
  const { actor, repo, subject, pullRequest } = flat;
  return known({
    ...flat,
    actor: actor && known({ ...actor }),
    repo: repo && known({ ...repo, owner: repo.fullName.split('/')[0] ?? '', name: repo.fullName.split('/')[1] ?? '' }),
    subject: subject && known({ ...subject }),
    // CEL's whole numbers are BigInt.
    pullRequest: pullRequest === null ? null : BigInt(pullRequest),
  });
}

/** The same for people: the fields that conditions may name, and no others. */
export function visibleActivity(asked: Compared): ActivityValue {
  const { pullRequest } = asked.activity.facets;
  return pick({ ...activityValue(asked), ...known({ pullRequest }) }, ACTIVITY_FIELDS);
}

interface Shape {
  readonly [field: string]: string | Shape;
}

function pick(value: ActivityValue, shape: Shape): ActivityValue {
  const fields = Object.entries(shape).filter(([field]) => Object.hasOwn(value, field));
  return Object.fromEntries(
    fields.map(([field, type]) => [
      field,
      typeof type === 'string' ? value[field] : pick(value[field] as ActivityValue, type),
    ]),
  );
}

function known(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}
