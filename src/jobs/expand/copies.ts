import type { Expansion } from '../../model/inbox/backlog.ts';
import type { Source } from '../../model/source.ts';

/** What of an event's source decides whether an equal body makes the event a copy. */
export function copyTerms(
  name: string,
  sources: ReadonlyMap<string, Source>,
): Pick<Expansion, 'unrelatedSources' | 'bodyMayRepeat'> {
  return { unrelatedSources: unrelatedTo(name, sources), bodyMayRepeat: sources.get(name)?.bodies === 'repeat' };
}

/**
 * The sources that share no key with this one. One that does not say its keys, or is not configured any more, is none: it may
 * have had this one's key.
 */
function unrelatedTo(name: string, sources: ReadonlyMap<string, Source>): readonly string[] {
  const own = sources.get(name)?.keyIds;
  if (own === undefined) return [];
  const others = [...sources.values()].filter((source) => source.name !== name);
  return others.flatMap(({ name: other, keyIds }) => {
    return keyIds === undefined || keyIds.some((key) => own.includes(key)) ? [] : [other];
  });
}
