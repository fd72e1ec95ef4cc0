import type { Tone } from '../../../model/activity.ts';
import type { Words } from '../../../telling/hosting/words.ts';
import { capitalised, spaced } from '../../../text/words.ts';
import type { ActivityParts } from './family.ts';

export { countedBy, type Words } from '../../../telling/hosting/words.ts';

/** Action → words, as `opened: ['Issue opened', 'opened {it}', 'opened']`; the tone is neutral unless given. */
export function wordTable(
  table: Readonly<Record<string, readonly [headline: string, did: string | null, tone?: Tone]>>,
): ReadonlyMap<string, Words> {
  return new Map(
    Object.entries(table).map(([action, [headline, did, tone = 'neutral']]) => [action, { headline, did, tone }]),
  );
}

/** An action that GitHub invents later is told plainly: `Issue field added`. */
export function wordsFor(action: string, known: ReadonlyMap<string, Words>, noun: string): Words {
  return known.get(action) ?? { headline: `${capitalised(noun)} ${spaced(action)}`, did: null, tone: 'neutral' };
}

/** What a `did` leaves open beside `{it}` and `{repo}`, filled in: `added {who} to {it}`. Names are of `asWords` already. */
export function filledIn({ did, ...words }: Words, open: Readonly<Record<string, string>>): Words {
  const fill = (sign: string, name: string) => (Object.hasOwn(open, name) ? (open[name] ?? '') : sign);
  return { ...words, did: did?.replace(/\{(\w+)\}/g, fill) ?? null };
}

/** What every family begins with. */
export function told(
  action: string | null,
  { headline, did, tone }: Words,
): Pick<ActivityParts, 'kind' | 'action' | 'headline' | 'did' | 'tone'> {
  return { kind: 'activity', action, headline, did, tone };
}
