import type { Config } from '../../config/config.ts';
import { openExisting } from '../../inbox/open-inbox.ts';
import { compareResults } from '../../jobs/expand/compare-results.ts';
import { whyGone } from '../../model/pruning/gone.ts';
import { visibleActivity } from '../../route/condition/condition-fields.ts';
import { systemClock } from '../../shared/clock.ts';
import { sourcesByName } from '../sources.ts';
import { readStored } from './read-stored.ts';

export type SeenActivity =
  | { readonly ok: true; readonly activity: Readonly<Record<string, unknown>> }
  /** The payload says nothing that could be told. */
  | { readonly ok: false; readonly reason: string };

/** What `if:` sees of a stored event. Null: there is no such event. Reads the payload again, and compares its result with the one stored before it, as when it was decided. */
export async function activityOf(id: number, config: Config): Promise<SeenActivity | null> {
  await using inbox = await openExisting(config.database, systemClock, 'read');
  const record = await inbox.show(id);
  if (record === null) return null;
  const reading = await readStored(record, await sourcesByName(config));
  if (reading === null) return { ok: false, reason: whyGone(record) };
  if (reading.activity === null) return { ok: false, reason: reading.expansion.reason ?? 'it cannot be read' };
  const [compared] = await compareResults([reading], inbox);
  return { ok: true, activity: visibleActivity(compared ?? { ...reading, transition: null }) };
}
