import { type Reading, readEvent } from '../../jobs/expand/read-event.ts';
import { withOwnSource } from '../../jobs/remind/own-source.ts';
import type { EventRecord } from '../../model/inbox/records.ts';
import type { Source } from '../../model/source.ts';

/** What a stored event says, read again. Null: its body is gone, or damaged. */
export async function readStored(record: EventRecord, sources: ReadonlyMap<string, Source>): Promise<Reading | null> {
  const { headers, body } = record;
  if (headers === null || body === null) return null;
  return readEvent({ ...record, headers, body, settled: null }, withOwnSource(sources));
}
