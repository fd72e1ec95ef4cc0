import type { Archive } from '../../../model/inbox/archive.ts';
import type { EventFilter, EventSummary } from '../../../model/inbox/records.ts';

/** Events in memory at once, however many are asked for. */
const PAGE = 500;

/** What `list` would give, newest first, page by page. No page is empty. */
export async function* pagesOf(archive: Archive, filter: EventFilter): AsyncGenerator<readonly EventSummary[]> {
  let rest = filter;
  while (rest.limit > 0) {
    const limit = Math.min(rest.limit, PAGE);
    const page = await archive.list({ ...rest, limit });
    if (page.length > 0) yield page;
    if (page.length < limit) return;
    rest = { ...rest, before: page.at(-1)?.id, limit: rest.limit - limit };
  }
}
