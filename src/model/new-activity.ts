import type { Activity, Keys, Said } from './activity.ts';
import { FACETS, type Facet, type Facets } from './facets.ts';

type Always = Pick<Activity, 'kind' | 'type' | 'action' | 'source' | 'actor' | 'subject'> &
  Pick<Said, 'headline' | 'tone'>;

interface Perhaps
  extends Pick<Activity, 'isMinor' | 'place' | 'account' | 'occurredAt' | 'result'>,
    Pick<Said, 'sentence' | 'did' | 'became' | 'excerpt' | 'isSpoken' | 'facts' | 'sum'>,
    Facets {
  readonly thread: Keys['thread'];
  readonly echoKey: Keys['echo'];
  readonly burstKey: Keys['burst'];
}

/** An activity as a normaliser says it: in one record, without whatever its event says nothing of. */
export type ActivityFields = Always & { readonly dedupKey: Keys['dedup'] } & Partial<Perhaps>;

/** What an activity holds of each facet that its event says nothing of. */
const NOTHING = Object.fromEntries(
  Object.entries<Facet>(FACETS).flatMap(([name, { kind, isSaid }]) => (isSaid ? [[name, nothingOf(kind)]] : [])),
) as unknown as Facets;

const FACET_NAMES = Object.keys(NOTHING) as readonly (keyof Facets)[];

function nothingOf(kind: Facet['kind']): null | false | readonly [] {
  if (kind === 'flag') return false;
  return kind === 'labels' || kind === 'list' || kind === 'logins' || kind === 'names' ? [] : null;
}

/** The activity that these fields say. */
export function activity(fields: ActivityFields): Activity {
  return {
    kind: fields.kind,
    type: fields.type,
    action: fields.action,
    isMinor: fields.isMinor ?? false,
    source: fields.source,
    place: fields.place ?? null,
    account: fields.account ?? null,
    actor: fields.actor,
    subject: fields.subject,
    occurredAt: fields.occurredAt ?? null,
    said: {
      headline: fields.headline,
      sentence: fields.sentence ?? null,
      did: fields.did ?? null,
      became: fields.became ?? null,
      tone: fields.tone,
      excerpt: fields.excerpt ?? null,
      isSpoken: fields.isSpoken ?? false,
      facts: fields.facts ?? [],
      sum: fields.sum ?? null,
    },
    facets: facetsOf(fields),
    result: fields.result ?? null,
    keys: {
      dedup: fields.dedupKey,
      echo: fields.echoKey ?? null,
      thread: fields.thread ?? null,
      burst: fields.burstKey ?? null,
    },
  };
}

function facetsOf(fields: Partial<Facets>): Facets {
  const given = FACET_NAMES.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]);
  return { ...NOTHING, ...Object.fromEntries(given) };
}
