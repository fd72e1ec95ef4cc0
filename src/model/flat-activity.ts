import type { Compared } from './activity.ts';
import { activity as newActivity } from './new-activity.ts';
import { AUDIENCES, type Content, type Mention } from './notification.ts';

export type FlatActivity = ReturnType<typeof flatActivity>;

/**
 * An activity in one record, by the names that users know: what `if:` reads, what an endpoint gets as JSON, and what is
 * stored. They are promised: a name that is here stays, and means what it means.
 */
export function flatActivity({ activity, transition }: Compared) {
  const { kind, type, action, isMinor, source, place, account, actor, subject, occurredAt, result } = activity;
  const { said, facets, keys } = activity;
  return {
    kind,
    type,
    action,
    source,
    ...said,
    isMinor,
    actor,
    repo: place && { fullName: place.name, url: place.url },
    org: account,
    subject,
    ...facets,
    thread: keys.thread,
    result,
    transition,
    occurredAt,
    dedupKey: keys.dedup,
    echoKey: keys.echo,
    burstKey: keys.burst,
  } as const;
}

/** A mention in such a record: `{ name: 'mona', slack: 'U012AB3CD' }`, `{ name: 'here', audience: 'here' }`. */
export type FlatMention = Readonly<Record<string, string>> & Pick<Mention, 'name'>;

export interface FlatContent extends FlatActivity {
  readonly mentions: readonly FlatMention[];
}

export function flatContent(content: Content): FlatContent {
  const mentions = content.mentions.map(({ name, ids, audience }) => ({ ...ids, ...(audience && { audience }), name }));
  return { ...flatActivity(content), mentions };
}

type Always = 'kind' | 'type' | 'action' | 'source' | 'actor' | 'subject' | 'headline' | 'tone' | 'dedupKey';
type Lacking = Partial<FlatContent> & Pick<FlatContent, Always>;

/** What such a record says; of what it lacks, because it was written before there was that field, nothing. */
export function contentOf({ repo, org, transition, mentions, ...fields }: Lacking): Content {
  const place = repo ? { name: repo.fullName, url: repo.url } : null;
  return {
    activity: newActivity({ ...fields, place, account: org ?? null }),
    transition: transition ?? null,
    mentions: (mentions ?? []).map(mentionOf),
  };
}

function mentionOf({ name, audience: said, ...ids }: FlatMention): Mention {
  const audience = AUDIENCES.find((each) => each === said);
  return { name, ids: known(ids), ...(audience && { audience }) };
}

/** A person whose id nobody knew was stored with null in its place. */
function known(ids: Readonly<Record<string, string | null>>): Mention['ids'] {
  return Object.fromEntries(Object.entries(ids).flatMap(([type, id]) => (id === null ? [] : [[type, id]])));
}
