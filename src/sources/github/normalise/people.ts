import { list, type Payload, textOrNull } from '../../../shared/payload.ts';

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
