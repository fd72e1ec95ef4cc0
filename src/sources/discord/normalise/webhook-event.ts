import { isTrue, list, numberOrNull, textOrNull } from '../../../shared/payload.ts';
import { asWords, dayFact, worded } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { counted, enumerated } from '../../../text/words.ts';
import { known } from '../settings.ts';
import { type DiscordEvent, idAt, readable } from './event.ts';

/** Somebody added the app to a server or to their own account, or took it away. */
export function authorization({ type, at }: DiscordEvent): Told {
  const guild = asWords(textOrNull(at, 'guild.name') ?? '');
  const isAdded = type === 'APPLICATION_AUTHORIZED';
  const isOwn = numberOrNull(at, 'integration_type') === 1;
  const where = guild !== '' ? guild : isOwn ? 'their account' : null;
  const scopes = list(at, 'scopes').filter(
    (scope): scope is string => typeof scope === 'string' && /^[a-z._]{1,60}$/.test(scope),
  );
  return {
    headline: isAdded ? 'App added' : 'App removed',
    did: isAdded ? `added the app${where === null ? '' : ` to ${where}`}` : 'removed the app',
    tone: isAdded ? 'good' : 'bad',
    noun: 'app',
    title: guild,
    facts: [enumerated(scopes)],
  };
}

const ENTITLEMENT: WordTable = {
  ENTITLEMENT_CREATE: ['Entitlement granted', 'good'],
  ENTITLEMENT_DELETE: ['Entitlement taken back', 'bad'],
  ENTITLEMENT_UPDATE: ['Entitlement changed'],
};

/** Discord's numbers for how somebody came by it. https://docs.discord.com/developers/resources/entitlement */
const GROUNDS: Readonly<Record<number, string>> = {
  1: 'purchase',
  2: 'Nitro subscription',
  3: 'gift of the developer',
  4: 'test purchase',
  5: 'free purchase',
  6: 'gift of a user',
  7: 'purchase with Nitro',
  8: 'subscription',
};
const TEST = 4;

/** Somebody has, or no longer has, a product of the app's. Events hold ids of people and products alone. */
export function entitlement({ type, at, names, user }: DiscordEvent): Told {
  const words = wordsOf(ENTITLEMENT, type) ?? { headline: worded(type) };
  const ground = numberOrNull(at, 'type');
  const sku = idAt(at, 'sku_id');
  const [id, guild] = [idAt(at, 'id'), idAt(at, 'guild_id')];
  return {
    ...words,
    noun: 'entitlement',
    title: sku === null ? '' : (known(names, sku) ?? `SKU ${sku}`),
    by: null,
    facts: [
      ground === null ? null : (GROUNDS[ground] ?? null),
      user === null ? null : `for ${user.login}`,
      guild === null ? null : `for ${known(names, guild) ?? 'a server'}`,
      isTrue(at, 'consumed') ? 'used up' : null,
      dayFact('until', at, 'ends_at'),
    ],
    facets: { isTest: ground === TEST },
    thread: id === null ? null : `entitlement ${id}`,
  };
}

export function quest({ at }: DiscordEvent): Told {
  return {
    headline: 'Quest joined',
    did: 'joined {it}',
    tone: 'good',
    noun: 'quest',
    title: textOrNull(at, 'quest.name') ?? '',
  };
}

/** How each is told, with who wrote it where Discord says so. */
const MESSAGES: Readonly<Record<string, readonly [headline: string, did: string]>> = {
  GAME_DIRECT_MESSAGE_CREATE: ['Direct message', 'sent a direct message'],
  GAME_DIRECT_MESSAGE_DELETE: ['Direct message deleted', 'deleted a direct message'],
  GAME_DIRECT_MESSAGE_UPDATE: ['Direct message edited', 'edited a direct message'],
  LOBBY_MESSAGE_CREATE: ['Lobby message', 'wrote in a lobby'],
  LOBBY_MESSAGE_DELETE: ['Lobby message deleted', 'deleted a message in a lobby'],
  LOBBY_MESSAGE_UPDATE: ['Lobby message edited', 'edited a message in a lobby'],
};

/** What players write to each other. */
export function message({ type, at, names, user }: DiscordEvent): Told {
  const [headline, did] = MESSAGES[type] ?? [worded(type), ''];
  const content = textOrNull(at, 'content');
  const isGone = type.endsWith('_DELETE');
  const words = content === null || isGone ? null : readable(content, names);
  const attachments = list(at, 'attachments').length;
  const where = idAt(at, 'lobby_id') ?? idAt(at, 'channel_id');
  return {
    headline,
    did,
    noun: 'message',
    title: words === null && attachments > 0 && !isGone ? counted(attachments, 'attachment') : '',
    excerpt: words,
    isSpoken: words !== null,
    // Whose message it was is not who took it away.
    by: isGone ? null : user,
    facets: { author: user?.login ?? null },
    thread: where === null ? null : `conversation ${where}`,
  };
}
