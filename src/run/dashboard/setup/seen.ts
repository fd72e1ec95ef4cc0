import type { LaneDepth } from '../../../model/inbox/archive.ts';
import type { EventSummary } from '../../../model/inbox/records.ts';
import { OWN_SOURCE } from '../../../model/reminder.ts';
import type { SystemParts } from '../system-parts.ts';

/** What the store shows of how far somebody is. */
export interface Seen {
  /** The newest event that came from outside. Null: nothing ever came. */
  readonly last: EventSummary | null;
  /** Source → its newest event that is no sample, as far as that shows. */
  readonly real: ReadonlyMap<string, EventSummary>;
  readonly lanes: ReadonlyMap<string, LaneDepth>;
}

/** How many of the newest are looked at for one that is no sample. */
const LOOKED_AT = 20;

export async function look({ inbox, config }: Pick<SystemParts, 'inbox' | 'config'>): Promise<Seen> {
  const [newest, lanes, real] = await Promise.all([
    inbox.list({ limit: LOOKED_AT }),
    inbox.depths(),
    Promise.all(config().sources.map(async ({ name }) => [name, await realOf(name, inbox)] as const)),
  ]);
  return {
    last: newest.find(({ source }) => source !== OWN_SOURCE) ?? null,
    real: new Map(real.flatMap(([name, event]) => (event === null ? [] : [[name, event]]))),
    lanes: new Map(lanes.map((each) => [each.lane, each])),
  };
}

async function realOf(source: string, inbox: SystemParts['inbox']): Promise<EventSummary | null> {
  for (const event of await inbox.list({ source, limit: LOOKED_AT })) {
    const headers = (await inbox.show(event.id))?.headers ?? null;
    if (headers !== null && !isSample(headers)) return event;
  }
  return null;
}

/** What is sent to try says so, where its provider's requests have a place for it. */
function isSample(headers: Readonly<Record<string, unknown>>): boolean {
  return Object.values(headers).some((value) => typeof value === 'string' && value.includes('tidings-sample'));
}
