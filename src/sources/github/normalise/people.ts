import { list, type Payload, textOrNull } from '../payload.ts';
import { grouped } from './common.ts';

const NAMES_SHOWN = 3;

export function loginsOf(payload: Payload, path: string): readonly string[] {
  return list(payload, path)
    .map((person) => textOrNull(person, 'login'))
    .filter((login) => login !== null);
}

/** `by mona`; null when the actor is the same person, or nobody is named. */
export function besideActor(payload: Payload, words: string, path: string): string | null {
  const login = textOrNull(payload, path);
  return login === null || login === textOrNull(payload, 'sender.login') ? null : `${words} ${login}`;
}

/** `api, web, docs and 4 more`; null for none. */
export function enumerated(names: readonly string[], shown = NAMES_SHOWN): string | null {
  const hidden = names.length - shown;
  if (names.length === 0) return null;
  return hidden <= 0 ? names.join(', ') : `${names.slice(0, shown).join(', ')} and ${grouped(hidden)} more`;
}

/** A name as part of a `did`: on one line, at most 60 characters, and never a placeholder itself. */
export function asWords(name: string): string {
  return name
    .replace(/[\s{}]+/g, ' ')
    .trim()
    .slice(0, 60)
    .toWellFormed();
}

/** Who did it, to themselves. */
export function isSender(payload: Payload, login: string): boolean {
  return textOrNull(payload, 'sender.login') === login;
}
