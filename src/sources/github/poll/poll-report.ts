import type { Archive } from '../../../model/inbox/archive.ts';
import type { WayFigures } from '../../../model/polling.ts';
import type { Source } from '../../../model/source.ts';
import { delaysOf } from './poll-delays.ts';

/** More would only change digits that nobody reads. */
const DELAYS_READ = 500;

/** What webhooks brought of `repo` since `from`: each was one request to us, and none was in vain. */
export async function webhookFigures(
  archive: Archive,
  source: Source,
  repo: string,
  from: number,
): Promise<WayFigures> {
  const events = (await archive.list({ repo, since: from, limit: 100_000 })).filter(
    (event) => event.origin === 'webhook' && event.source === source.name,
  );
  const delays = delaysOf();
  for (const { id } of events.slice(0, DELAYS_READ)) {
    const record = await archive.show(id);
    const { headers = null, body = null } = record ?? {};
    if (record === null || headers === null || body === null) continue;
    try {
      const normalised = await source.normalise({ ...record, headers, body, settled: null });
      if (normalised.kind === 'activity') delays.add(record.receivedAt, normalised.activity.occurredAt);
    } catch {
      // Safe to leave out: what cannot be read says no time.
    }
  }
  return { requests: events.length, unchanged: 0, found: events.length, ...delays.figures() };
}
