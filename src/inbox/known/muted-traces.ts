import type { EventId } from '../../model/event.ts';
import type { Trace } from '../../model/rule.ts';
import type { About } from '../about.ts';
import { parsedOrNull } from '../stored-json.ts';

/** What an event says of who muted its thread, whoever the event itself is about. */
export interface MutedRow {
  readonly id: EventId;
  readonly reason: string | null;
  /** JSON */
  readonly trace: string;
}

/** How the trace of a mute is written: what has none is not read. */
export const HAS_MUTED = '"muted":{';
/** Ids that one question looks at. */
export const LOOKED_AT = 5_000;
/** What is left of who muted it. */
const MUTED = 'muted';

/** Those that name somebody who is to be forgotten, without the name. */
export function withoutMuters(about: About, rows: readonly MutedRow[]): readonly MutedRow[] {
  return rows.flatMap(({ id, reason, trace: stored }) => {
    const trace: Trace | null = parsedOrNull(stored);
    if (!isObject(trace?.muted)) return [];
    const nameless = (text: string) => (about.isInText(text) ? MUTED : text);
    const renamed = (names: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(names).map(([whom, why]) => [nameless(whom), nameless(String(why))]));
    const sought = trace.sought?.map((each) => ({ ...each, left: renamed(each.left) }));
    const left = JSON.stringify({ ...trace, ...(sought && { sought }), muted: renamed(trace.muted) });
    const because = reason && nameless(reason);
    return left === stored && because === reason ? [] : [{ id, reason: because, trace: left }];
  });
}

function isObject(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null;
}
