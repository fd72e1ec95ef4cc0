import type { Person } from '../../../model/activity.ts';
import { isObject, isTrue, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { looksSecret } from '../../../shared/secrets/secret-shapes.ts';
import { firstText, person, worded } from '../../../telling/parts.ts';
import { known, type Names } from '../settings.ts';

/** One happening of Discord's. */
export interface DiscordEvent {
  readonly type: string;
  /** Of an event, its `data`; of an interaction, all of it but its token, by which anybody may answer. */
  readonly at: Payload;
  readonly user: Person | null;
  readonly names: Names;
}

export function eventOf(type: string, payload: Payload, names: Names): DiscordEvent {
  const data = read(payload, 'event.data');
  const { token: _, ...interaction } = payload;
  const at = isObject(read(payload, 'event')) ? (isObject(data) ? data : {}) : interaction;
  return { type, at, user: userOf(at, names), names };
}

/** Whoever did it: in a server a member, elsewhere a user; of a message its author. */
function userOf(at: Payload, names: Names): Person | null {
  const [user] = ['member.user', 'user', 'author'].map((path) => read(at, path)).filter(isObject);
  const id = idAt(user, 'id') ?? idAt(at, 'user_id');
  const name = nameIn(user, textOrNull(at, 'member.nick')) ?? known(names, id);
  return person(name, { avatarUrl: avatarOf(user), isBot: isTrue(user, 'bot') });
}

/** What people call a user: in this server, everywhere, or to log in. */
export function nameIn(user: unknown, nick: string | null = null): string | null {
  return nick ?? firstText(user, ['global_name', 'username']);
}

function avatarOf(user: unknown): string | null {
  const [id, avatar] = [idAt(user, 'id'), textOrNull(user, 'avatar')];
  if (id === null || avatar === null || !/^(?:a_)?[0-9a-f]{32}$/.test(avatar)) return null;
  return `https://cdn.discordapp.com/avatars/${id}/${avatar}.png`;
}

/** Ids are numbers of up to 20 digits, as text. */
export function idAt(object: unknown, path: string): string | null {
  const id = textOrNull(object, path);
  return id !== null && /^\d{1,20}$/.test(id) ? id : null;
}

/** When an id was made, ms since 1970: it is part of it. */
export function momentOf(id: string | null): number | null {
  return id === null || id.length < 16 ? null : Number((BigInt(id) >> 22n) + 1_420_070_400_000n);
}

/** What a developer calls a field, `favorite_bug`, in words; null where it is an id or holds more than a name. */
export function developersName(text: string | null): string | null {
  if (text === null || !/^[\p{L}][\p{L}\p{N} _.:-]{0,59}$/u.test(text) || looksSecret(text)) return null;
  return /\d{6}|[a-z0-9]{18}/i.test(text) ? null : worded(text.replaceAll(':', ' '));
}

/** Mentions and emoji as people see them. Who is not known is somebody. */
export function readable(content: string, names: Names): string {
  return content
    .replace(/<a?:(\w{1,32}):\d{1,20}>/g, ':$1:')
    .replace(/<@[!&]?(\d{1,20})>/g, (_, id: string) => `@${known(names, id) ?? 'someone'}`)
    .replace(/<#(\d{1,20})>/g, (_, id: string) => `#${known(names, id)?.replace(/^#/, '') ?? 'a-channel'}`)
    .replace(/<\/([^:<>]{1,100}):\d{1,20}>/g, '/$1')
    .replace(/<t:-?\d{1,13}(?::\w)?>/g, 'a date');
}
