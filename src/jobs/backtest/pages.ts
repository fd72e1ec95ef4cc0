import type { EventId, StoredEvent } from '../../model/event.ts';
import type { History } from '../../model/inbox/history.ts';

/** About what 4 MiB hold, which ends a page too. */
const PAGE = 500;

/** Events after `afterId`, up to `upTo` and it too. While one page is worked on, the next is read. */
export async function* pagesOf(
  history: Pick<History, 'read'>,
  { afterId, upTo }: { readonly afterId: EventId; readonly upTo: EventId },
): AsyncGenerator<readonly StoredEvent[]> {
  const read = (after: EventId) => {
    const page = history.read(after, PAGE);
    // Whoever asks for the page hears of it; after a break nobody does.
    page.catch(() => undefined);
    return page;
  };
  let next = read(afterId);
  for (;;) {
    const page = (await next).filter(({ id }) => id <= upTo);
    const last = page.at(-1);
    if (last === undefined) return;
    next = read(last.id);
    yield page;
  }
}
