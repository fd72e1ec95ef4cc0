import { list, type Payload, textOrNull, textsIn } from '../../../shared/payload.ts';
import { asWords } from '../../../telling/parts.ts';
import { orgOf } from './common.ts';

export function loginsOf(payload: Payload, path: string): readonly string[] {
  return textsIn(payload, path, 'login');
}

/** `by mona`; null when the actor is the same person, or nobody is named. */
export function besideActor(payload: Payload, words: string, path: string): string | null {
  const login = textOrNull(payload, path);
  return login === null || isSender(payload, login) ? null : `${words} ${login}`;
}

/** Who did it, to themselves. */
export function isSender(payload: Payload, login: string): boolean {
  return textOrNull(payload, 'sender.login') === login;
}

/** A login as people say it, as part of a `did`: a bot's without the mark behind it. */
export function asName(login: string): string {
  return asWords(login.replace(/\[bot\]$/, ''));
}

/** `hubot's`, of a login; null where it is the actor's own, or nobody is named. */
export function othersOf(payload: Payload, login: string | null): string | null {
  const name = asName(login ?? '');
  return name === '' || login === null || isSender(payload, login) ? null : `${name}'s`;
}

/** `hubot's`, `their`, or `a` where nobody is named: before what somebody wrote. */
export function ownerOf(payload: Payload, login: string | null): string {
  return othersOf(payload, login) ?? (login !== null && isSender(payload, login) ? 'their' : 'a');
}

/** People and teams of a list, by `nameOf`. */
export function namesOf(payload: Payload, path: string): readonly string[] {
  return list(payload, path)
    .map((one) => nameOf(one))
    .filter((name) => name !== null);
}

/** `mona`, or `team Backend`. */
export function nameOf(one: unknown): string | null {
  const login = textOrNull(one, 'login');
  const team = textOrNull(one, 'name') ?? textOrNull(one, 'slug');
  return login === null ? team && `team ${asWords(team)}` : asName(login);
}

/** `acme/backend`, as rules and mentions name teams. */
export function teamName(payload: Payload, slug: string | null): string | null {
  const org = orgOf(payload);
  return slug === null || org === null ? null : `${org}/${slug}`;
}
