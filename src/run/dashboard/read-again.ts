import type { Config } from '../../config/config.ts';
import { compareResults } from '../../jobs/expand/compare-results.ts';
import { expansionOf, type Routable, settledActivity } from '../../jobs/expand/expand-event.ts';
import { payloadOf, type Reading } from '../../jobs/expand/read-event.ts';
import { type Taker, withTakers } from '../../jobs/expand/take-all.ts';
import type { Expansion, NewNotification } from '../../model/inbox/backlog.ts';
import type { EventRecord } from '../../model/inbox/records.ts';
import { whyGone } from '../../model/pruning/gone.ts';
import type { Decision } from '../../model/rule.ts';
import type { Source } from '../../model/source.ts';
import { createRoute } from '../../route/route.ts';
import { sourcesByName, templatesOf } from '../sources.ts';
import { readStored } from '../stored/read-stored.ts';
import type { SystemParts } from './system-parts.ts';

/** A stored event, read again. `reading`: null, its body is gone or damaged. */
export interface ReadAgain {
  readonly record: EventRecord;
  readonly config: Config;
  readonly sources: ReadonlyMap<string, Source>;
  readonly reading: Reading | null;
  /** With its result compared with the one stored before it. Null: it says nothing that could be told. */
  readonly routable: Routable | null;
  /** Why nothing can be told of it, in words. Null: something can. */
  readonly reason: string | null;
}

export type Reader = (eventId: number) => Promise<ReadAgain | null>;

/** Null: there is no such event. */
export function readerOf({ inbox, config }: Pick<SystemParts, 'inbox' | 'config'>): Reader {
  // Settings are exchanged whole, and rarely.
  let known: { readonly config: Config; readonly sources: Promise<ReadonlyMap<string, Source>> } | undefined;
  return async (eventId) => {
    const record = await inbox.show(eventId);
    if (record === null) return null;
    const now = config();
    if (known?.config !== now) known = { config: now, sources: sourcesByName(now) };
    const sources = await known.sources;
    const read = { record, config: now, sources };
    const reading = await readStored(record, sources);
    if (reading === null) return { ...read, reading, routable: null, reason: whyGone(record) };
    if (reading.activity === null) {
      return { ...read, reading, routable: null, reason: reading.expansion.reason ?? 'it cannot be read' };
    }
    const [compared] = await compareResults([reading], inbox);
    const { event, activity } = reading;
    const routable = { transition: null, ...compared, event, activity: settledActivity(event, activity) };
    return { ...read, reading, routable, reason: null };
  };
}

/** What the rules in force would have told of it when it was received, each with whom it calls and in which words. */
export function toldBy(
  { config, sources, reading, routable }: ReadAgain,
  takers: readonly Taker[],
): readonly NewNotification[] {
  if (reading === null) return [];
  const expansion =
    routable === null
      ? unsaid(reading)
      : expansionOf(routable, decision(config, routable), () => payload(sources, routable));
  return expansion === null ? [] : withTakers(expansion, reading, { takers, sources }).notifications;
}

function unsaid(reading: Reading): Expansion | null {
  return reading.activity === null ? reading.expansion : null;
}

function decision(config: Config, routable: Routable): Decision {
  const { rules, directory } = config;
  return createRoute(rules, directory, templatesOf(config))(routable, routable.event.receivedAt);
}

function payload(sources: ReadonlyMap<string, Source>, { event }: Routable): unknown {
  return payloadOf(event, sources);
}
