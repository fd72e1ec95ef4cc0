import type { EventId } from '../../model/event.ts';
import type { Audited } from '../../model/inbox/audits.ts';
import type { SubjectState } from '../../model/known/card.ts';
import { checksOf } from '../../model/known/facts.ts';
import type { About } from '../about.ts';
import { factsFromStored, factsToStored, type SubjectRow } from './stored-facts.ts';

/** What is left of a subject. `facts` null: nothing. */
export interface Left {
  readonly thread: string;
  readonly facts: string | null;
  readonly checks: string | null;
}

/** Events that something known is of: whether they were forgotten is to be asked. */
export function eventsOf(rows: readonly SubjectRow[]): readonly EventId[] {
  const all = rows.flatMap(({ facts }) => Object.values(factsFromStored(facts)).map(({ eventId }) => eventId));
  return [...new Set(all)];
}

/** Subjects of which something is to be forgotten: what names it, and what forgotten events said. */
export function leftOf(about: About, rows: readonly SubjectRow[], forgotten: ReadonlySet<EventId>): readonly Left[] {
  return rows.flatMap(({ thread, facts: stored }): readonly Left[] => {
    if (about.isInText(thread)) return [{ thread, facts: null, checks: null }];
    const facts = factsFromStored(stored);
    const left = remaining(about, facts, forgotten);
    const count = Object.keys(left).length;
    if (count === Object.keys(facts).length) return [];
    return [{ thread, facts: count === 0 ? null : factsToStored(left), checks: checksOf(left) }];
  });
}

function remaining(about: About, facts: SubjectState['facts'], forgotten: ReadonlySet<EventId>): SubjectState['facts'] {
  const left = Object.entries(facts).filter(([name, { value, eventId }]) => {
    return !forgotten.has(eventId) && !about.isInText(name) && !about.isInText(JSON.stringify(value));
  });
  return Object.fromEntries(left);
}

/** Who did what, as both engines read it. */
export interface AuditedRow extends Pick<Audited, 'who' | 'from' | 'about' | 'outcome'> {
  readonly id: number;
}

export function isInAudited({ who, from, about, outcome }: AuditedRow, isInText: About['isInText']): boolean {
  return [who, from, about ?? '', outcome].some(isInText);
}
