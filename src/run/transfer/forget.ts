import type { EventId } from '../../model/event.ts';
import type { EventAbout, Forgetting, Forgotten } from '../../model/inbox/forgetting.ts';

/** What is about it, or went. */
export interface ForgetCounts {
  readonly events: number;
  /** Headers and bodies. */
  readonly bodies: number;
  /** Events that waited to be decided. */
  readonly undecided: number;
  /** Messages that waited, or were given up. */
  readonly untold: number;
}

export interface ForgetListener {
  onLookedAt(id: EventId): void;
  /** It is to end: what went until then is gone, and the same again goes on. */
  isOver(): boolean;
}

const NOTHING: ForgetCounts = { events: 0, bodies: 0, undecided: 0, untold: 0 };

/** Rows that one question looks at, bodies and all: some 20 ms of reading. */
const LOOKED_AT = 200;
/** One step is a few milliseconds of the writer. */
const AT_ONCE = 50;

/** Changes nothing. */
export async function countAbout(inbox: Forgetting, what: Forgotten, listener: ForgetListener): Promise<ForgetCounts> {
  let counts = NOTHING;
  for await (const events of about(inbox, what, listener)) counts = added(counts, events);
  return counts;
}

/**
 * Forgets it, step by step, and leaves an entry in the audit list, at once and with what came of it at the end. May be repeated,
 * and runs beside workers: what is received meanwhile is forgotten too, as far as it came before the end.
 */
export async function forgetAll(inbox: Forgetting, what: Forgotten, listener: ForgetListener): Promise<ForgetCounts> {
  const entry = await inbox.noteAudit('forget', { ...what, finished: false });
  let counts = NOTHING;
  for await (const events of about(inbox, what, listener)) {
    for (let from = 0; from < events.length; from += AT_ONCE) {
      const some = events.slice(from, from + AT_ONCE);
      await inbox.forgetEvents(
        what,
        some.map(({ id }) => id),
      );
      counts = added(counts, some);
    }
  }
  const finished = !listener.isOver();
  if (finished) {
    await inbox.forgetKeys(what);
    await inbox.forgetStrays();
  }
  await inbox.amendAudit(entry, { ...what, ...counts, finished });
  return counts;
}

async function* about(
  inbox: Forgetting,
  what: Forgotten,
  { onLookedAt, isOver }: ForgetListener,
): AsyncGenerator<readonly EventAbout[]> {
  for (let after: EventId | null = 0; after !== null && !isOver(); ) {
    const { events, lastId } = await inbox.eventsAbout(what, after, LOOKED_AT);
    if (events.length > 0) yield events;
    if (lastId !== null) onLookedAt(lastId);
    after = lastId;
  }
}

function added(counts: ForgetCounts, events: readonly EventAbout[]): ForgetCounts {
  return {
    events: counts.events + events.length,
    bodies: counts.bodies + events.filter(({ hasBody }) => hasBody).length,
    undecided: counts.undecided + events.filter(({ isPending }) => isPending).length,
    untold: counts.untold + events.reduce((sum, { untold }) => sum + untold, 0),
  };
}
