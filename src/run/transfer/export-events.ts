import { framesOf, piecesOf } from '../../jobs/archive/event-frames.ts';
import { headerLine } from '../../jobs/archive/event-line.ts';
import { frameOf } from '../../jobs/archive/frames.ts';
import type { EventId } from '../../model/event.ts';
import type { Selection, Transfer, WholeEvent, WholePage } from '../../model/inbox/transfer.ts';

export interface Export {
  readonly selection: Selection;
  /** False: it begins, with the first line. */
  readonly isBegun: boolean;
  /** Where it goes on. */
  readonly afterId: EventId;
  /** The last event that belongs to it: there must be an end. */
  readonly upTo: EventId;
  /** Lines as they are, without zstd. */
  readonly isPlain: boolean;
}

export interface ExportListener {
  /** Resolves when it was taken. */
  write(bytes: Buffer): Promise<void>;
  /** Called when all up to this event was looked at, and what was selected of it written. */
  onLookedAt(id: EventId): void;
  /** Nobody wants more. */
  isOver(): boolean;
}

/** Rows that one question looks at. Where few are selected, looking on is cheap. */
const LOOKED_AT = 400;
const LOOKED_AT_FOR_FEW = 4_000;

/** Events are put together to frames of this many at least, the last excepted. */
const FRAME_EVENTS = 200;
const FRAME_BYTES = 2 * 1024 * 1024;

/** Writes what is selected, in id order, and returns how many events that were. Memory: two pages. */
export async function exportEvents(
  inbox: Pick<Transfer, 'readWhole'>,
  { selection, isBegun, afterId, upTo, isPlain }: Export,
  { write, onLookedAt, isOver }: ExportListener,
): Promise<number> {
  if (!isBegun) await write(isPlain ? Buffer.from(headerLine(selection)) : await frameOf(headerLine(selection)));
  let count = 0;
  let events: WholeEvent[] = [];
  let bytes = 0;
  const flush = async () => {
    if (events.length > 0) await write(isPlain ? Buffer.from(piecesOf(events).join('')) : await framesOf(events));
    count += events.length;
    events = [];
    bytes = 0;
  };
  for await (const page of pagesOf(inbox, selection, { afterId, upTo })) {
    events.push(...page.events);
    bytes += page.events.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);
    if (events.length >= FRAME_EVENTS || bytes >= FRAME_BYTES) await flush();
    onLookedAt(Math.min(page.lastId, upTo));
    if (isOver()) return count;
  }
  await flush();
  return count;
}

/** The next page is read while this one is written. */
async function* pagesOf(
  inbox: Pick<Transfer, 'readWhole'>,
  selection: Selection,
  { afterId, upTo }: Pick<Export, 'afterId' | 'upTo'>,
): AsyncGenerator<WholePage & { readonly lastId: EventId }> {
  const limit = selection.repo === null && selection.source === null ? LOOKED_AT : LOOKED_AT_FOR_FEW;
  const read = (after: EventId) => inbox.readWhole(selection, after, limit);
  for (let next: Promise<WholePage> | null = read(afterId); next !== null; ) {
    const { events, lastId }: WholePage = await next;
    if (lastId === null) return;
    next = lastId < upTo ? read(lastId) : null;
    // Awaited in the next round; until then its failure is not unhandled.
    next?.catch(() => undefined);
    yield { events: events.filter(({ id }) => id <= upTo), lastId };
  }
}
