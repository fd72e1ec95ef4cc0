import type { Activity } from '../../model/activity.ts';

const TEXTS = 'list<string>';
const PERSON = { login: 'string', url: 'string', isBot: 'bool' } as const;

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
  labels: TEXTS,
  branch: 'string',
  head: 'string',
  tag: 'string',
  isDraft: 'bool',
  isFork: 'bool',
  author: 'string',
  asked: TEXTS,
  assignees: TEXTS,
  reviewers: TEXTS,
  paths: TEXTS,
  pullRequest: 'int',
  conclusion: 'string',
  severity: 'string',
  transition: 'string',
} as const;

/** What a condition says of labels and drafts may change while an event settles. */
export function asksWhatSettles(condition: string): boolean {
  return /\bactivity\.(?:labels|isDraft)\b/.test(condition);
}

export type ActivityValue = Readonly<Record<string, unknown>>;

/** The activity as CEL reads it: what is not known is left out, so that asking for it is "no match" and `has()` is false. */
export function activityValue(activity: Activity): ActivityValue {
  const { actor, repo, subject, pullRequest } = activity;
  return known({
    ...activity,
    actor: actor && known({ ...actor }),
    repo: repo && { ...repo, owner: repo.fullName.split('/')[0] ?? '', name: repo.fullName.split('/')[1] ?? '' },
    subject: subject && known({ ...subject }),
    // CEL's whole numbers are BigInt.
    pullRequest: pullRequest === null ? null : BigInt(pullRequest),
  });
}

/** The same for people: the fields that conditions may name, and no others. */
export function visibleActivity(activity: Activity): ActivityValue {
  const value = activityValue({ ...activity, pullRequest: null });
  return pick({ ...value, ...known({ pullRequest: activity.pullRequest }) }, ACTIVITY_FIELDS);
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
