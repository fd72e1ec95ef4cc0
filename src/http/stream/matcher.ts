import { FATES } from '../../model/fate.ts';
import type { EventFilter, EventSummary } from '../../model/inbox/records.ts';
import { wordsOf } from '../../model/inbox/search-words.ts';
import { splitName } from '../../model/kind.ts';

/** Of whoever listens: which events, by what is said of them. */
export type StreamFilter = Omit<EventFilter, 'ids' | 'before' | 'after' | 'limit'>;
type Matcher = (event: EventSummary) => boolean;

/** What `Archive.list` finds by the same filter, asked of a summary; the store is asked nothing. */
export function matcherOf(filter: StreamFilter): Matcher {
  const { source, kind, type, action, repo, actor, text, since, until } = filter;
  const all: Matcher[] = [];
  if (source !== undefined) all.push((event) => event.source === source);
  if (kind !== undefined) all.push(isOfKind(kind));
  if (type !== undefined) all.push((event) => event.type === type);
  if (action !== undefined) all.push((event) => event.action === action);
  if (repo !== undefined) all.push((event) => event.repo?.toLowerCase() === repo.toLowerCase());
  if (since !== undefined) all.push((event) => event.receivedAt >= since);
  if (until !== undefined) all.push((event) => event.receivedAt < until);
  if (actor !== undefined) all.push((event) => event.actor !== null && nameOf(event.actor) === nameOf(actor));
  if (text !== undefined) all.push(hasWords(text));
  all.push(isIn(filter));
  return (event) => all.every((matches) => matches(event));
}

function isOfKind(kind: string): Matcher {
  const { type: head, action: tail } = splitName(kind);
  return ({ type, action }) => type === kind || (tail !== null && type === head && action === tail);
}

function hasWords(text: string): Matcher {
  const wanted = wordsOf(text);
  return ({ about, actor }) => {
    const said = new Set(wordsOf(`${about ?? ''} ${actor ?? ''}`));
    return wanted.length > 0 && wanted.every((word) => said.has(word));
  };
}

function isIn({ state, to }: StreamFilter): Matcher {
  const fate = FATES.find((each) => each === state);
  const isThere = ({ fates }: EventSummary) =>
    fates.some((each) => (to === undefined || each.destination === to) && (fate === undefined || each.fate === fate));
  return (event) => {
    if (fate !== undefined) return isThere(event);
    return (state === undefined || event.state === state) && (to === undefined || isThere(event));
  };
}

function nameOf(actor: string): string {
  return actor.slice(0, 100).toLowerCase();
}
