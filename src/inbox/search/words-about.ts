import type { Searched } from '../../model/inbox/backlog.ts';

/** What is kept of an event for people to read, and to find it by. */
export interface WordsAbout {
  readonly actor: string | null;
  readonly about: string | null;
}

/** A file of events may hold anything. */
const LONGEST = 300;

/** As it is stored: every store can hold it, and none holds half a character. */
export function wordsAbout(searched: Searched | null): WordsAbout {
  return { actor: kept(searched?.actor), about: kept(searched?.text) };
}

/** The same the other way round. Null: it says nothing. */
export function searchedOf({ actor, about }: WordsAbout): Searched | null {
  return actor === null && about === null ? null : { actor, text: about ?? '' };
}

function kept(text: string | null | undefined): string | null {
  return text ? text.slice(0, LONGEST).toWellFormed().replaceAll('\0', '\uFFFD') : null;
}
