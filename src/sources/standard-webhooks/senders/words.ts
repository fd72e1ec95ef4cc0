import type { ActionFate, EventEntry } from '../../../model/event-catalog.ts';
import { idAt } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { inGeneralWords } from './everybody-else.ts';
import type { SentEvent } from './sender.ts';

/** One entry of a sender's catalogue, of events that say nothing but what they are. */
export function entry(
  told: string,
  minor: Readonly<Record<string, string>> = {},
  never: Readonly<Record<string, string>> = {},
): EventEntry {
  const actions: Record<string, ActionFate> = {};
  for (const action of told.split(' ').filter(Boolean)) actions[action] = 'told';
  for (const [why, names] of Object.entries(minor))
    for (const action of names.split(' ')) actions[action] = { minor: why };
  for (const [why, names] of Object.entries(never))
    for (const action of names.split(' ')) actions[action] = { never: why };
  return { actions, facets: [] };
}

/** Of an event whose payload holds no more than ids: what it is, what became of it, and the id that it is found by. */
export function byId(event: SentEvent, noun: string, words: WordTable, paths: readonly string[] = ['id']): Told {
  const found = wordsOf(words, event.action);
  if (found === null) return inGeneralWords(event);
  const id = paths.map((path) => idAt(event.data, path)).find((each) => each !== null) ?? null;
  return { ...found, noun, handle: id, title: '', thread: id === null ? null : `${noun} ${id}` };
}
