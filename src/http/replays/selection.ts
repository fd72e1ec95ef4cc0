import { spanMs, TERM_UNITS } from '../../config/parts/amounts.ts';
import type { EventId } from '../../model/event.ts';
import type { Archive, UntoldSelection } from '../../model/inbox/archive.ts';
import type { EventFilter, EventSummary } from '../../model/inbox/records.ts';
import type { Selection } from '../api/answers/replays.ts';

/** So many at most go in one replay: who wants more plans again. */
export const MOST_EVENTS = 10_000;
/** Put back in one transaction: a few milliseconds of the thread that takes webhooks. */
export const STEP = 200;
const PAGE = 500;

type Messages = Extract<Selection, { readonly messages: unknown }>['messages'];

/** What is selected, oldest first. */
export interface Found {
  readonly ids: readonly EventId[];
  /** There are more, older than these. */
  readonly isMore: boolean;
  /** Left out: their bodies are gone. */
  readonly gone: number;
  /** Null: whole events are decided again. */
  readonly messages: Messages | null;
}

export class SelectionError extends Error {
  override readonly name = 'SelectionError';
}

type FindingArchive = Pick<Archive, 'list' | 'replay' | 'bodiless'>;

/** Nothing is written. @throws SelectionError: a time that is none */
export async function findSelected(archive: FindingArchive, selection: Selection, now: number): Promise<Found> {
  if ('messages' in selection) {
    const all = await archive.replay(ofMessages(selection.messages), { dryRun: true });
    return { ids: all.slice(0, MOST_EVENTS), isMore: all.length > MOST_EVENTS, gone: 0, messages: selection.messages };
  }
  const wanted = 'ids' in selection ? named(selection.ids) : await matching(archive, filterOf(selection.filter, now));
  const some = wanted.slice(0, MOST_EVENTS).toReversed();
  const ids: EventId[] = [];
  let gone = 0;
  for (const step of stepsOf(some)) {
    const found = await archive.replay({ ids: step }, { dryRun: true });
    ids.push(...found);
    if (found.length < step.length) gone += (await archive.bodiless({ ids: step })).length;
  }
  return { ids, isMore: wanted.length > MOST_EVENTS, gone, messages: null };
}

/** Those of a step that are put back to work. */
export function replayStep(
  archive: Pick<Archive, 'replay'>,
  step: readonly EventId[],
  messages: Messages | null,
): Promise<readonly EventId[]> {
  const selection = messages === null ? { ids: step } : { ...ofMessages(messages), events: step };
  return archive.replay(selection, { dryRun: false });
}

export function* stepsOf(ids: readonly EventId[]): Generator<readonly EventId[]> {
  for (let from = 0; from < ids.length; from += STEP) yield ids.slice(from, from + STEP);
}

/** The same for selections that are equal but for the order in which they are said. */
export function keyOf(selection: Selection): string {
  if ('ids' in selection) return JSON.stringify(named(selection.ids));
  const [[kind, about] = ['', {}]] = Object.entries(selection);
  return JSON.stringify([kind, Object.entries(about).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}

export function ofMessages({ state, destination, cause }: Messages): UntoldSelection {
  return {
    state,
    ...(destination === undefined ? {} : { destination }),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** Each once, newest first. */
function named(ids: readonly EventId[]): readonly EventId[] {
  return [...new Set(ids)].toSorted((a, b) => b - a);
}

/** Newest first, and one more than may be replayed. */
async function matching(
  archive: Pick<Archive, 'list'>,
  filter: Omit<EventFilter, 'limit'>,
): Promise<readonly EventId[]> {
  const ids: EventId[] = [];
  let page: readonly EventSummary[];
  do {
    const before = ids.at(-1);
    page = await archive.list({ ...filter, limit: PAGE, ...(before === undefined ? {} : { before }) });
    ids.push(...page.map(({ id }) => id));
  } while (page.length === PAGE && ids.length <= MOST_EVENTS);
  return ids;
}

function filterOf(
  { type, since, until, ...rest }: Extract<Selection, { readonly filter: unknown }>['filter'],
  now: number,
): Omit<EventFilter, 'limit'> {
  return {
    ...rest,
    ...(type === undefined ? {} : { kind: type }),
    ...(since === undefined ? {} : { since: timeOf(since, now) }),
    ...(until === undefined ? {} : { until: timeOf(until, now) }),
  };
}

/** ms since 1970, ISO 8601, or a span before now such as `2h`. */
function timeOf(written: string | number, now: number): number {
  if (typeof written === 'number') return written;
  const ago = spanMs(written, TERM_UNITS);
  const time = ago === undefined ? (/^\d+$/.test(written) ? Number(written) : Date.parse(written)) : now - ago;
  if (Number.isFinite(time)) return time;
  throw new SelectionError(
    `"${written}" is no time. Use 2030-01-31T12:00:00Z, milliseconds since 1970, or a span such as 2h.`,
  );
}
