import type { StoredEvent } from '../model/event.ts';
import type { Expansion } from '../model/inbox.ts';
import type { Source } from '../model/source.ts';

type Sources = ReadonlyMap<string, Source>;

/** What speaks against announcing an event: the inbox, which knows what came before, decides. Costs nothing for the others. */
export function withSuspicion(sources: Sources, event: StoredEvent, expansion: Expansion): Expansion {
  if (expansion.notifications.length === 0) return expansion;
  // What was asked for came over TLS from the provider itself.
  const contradiction = event.origin === 'webhook' ? sources.get(event.source)?.contradiction?.(event) : null;
  return { ...expansion, contradiction: contradiction ?? null, strangers: strangersOf(event.source, sources) };
}

/** A source that does not say its keys, or is not configured any more, is no stranger: it may have had this one's key. */
function strangersOf(name: string, sources: Sources): readonly string[] {
  const own = sources.get(name)?.keyIds;
  if (own === undefined) return [];
  const others = [...sources.values()].filter((source) => source.name !== name);
  return others.flatMap(({ name: other, keyIds }) => {
    return keyIds === undefined || keyIds.some((key) => own.includes(key)) ? [] : [other];
  });
}
