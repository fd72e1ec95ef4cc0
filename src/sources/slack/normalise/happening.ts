import { kindOf } from '../../../model/kind.ts';
import { isObject, list, read, textOrNull } from '../../../shared/payload.ts';
import { capitalised, counted, enumerated, spaced } from '../../../text/words.ts';
import { plainText } from '../mrkdwn.ts';
import { channelOf, firstOf, nameOf, type SlackEvent } from './event.ts';
import type { SlackTold } from './telling.ts';
import { WORDS } from './words.ts';

/** Everything that is not a message: its words by its name, and what it is about by the fields it has. */
export function happening(event: SlackEvent): SlackTold {
  const { type, action, event: at } = event;
  const kind = kindOf(type, action);
  const [headline, did, tone] = (Object.hasOwn(WORDS, kind) ? WORDS[kind] : undefined) ?? [
    capitalised([spaced(type), spaced(action ?? '')].join(' ').trim()),
  ];
  return {
    headline: type === 'user_huddle_changed' ? huddle(at) : headline,
    did: did ?? null,
    tone: tone ?? 'neutral',
    noun: spaced(type.split('_')[0] ?? type),
    title: titleOf(event),
    url: firstOf(at, ['file.permalink', 'item.message.permalink', 'invite.link']),
    by:
      by(read(at, 'user')) ??
      read(at, 'user_id') ??
      read(at, 'invite.inviting_user') ??
      read(at, 'actor') ??
      read(at, 'app_request.user'),
    facts: factsOf(event),
    thread: textOrNull(at, 'item.ts') ?? textOrNull(at, 'message_ts'),
  };
}

/** Where the whole profile is there, it is what the event is about, and nobody else is named. */
function by(user: unknown): unknown {
  return typeof user === 'string' ? user : null;
}

function huddle(at: unknown): string {
  return textOrNull(at, 'user.profile.huddle_state') === 'in_a_huddle' ? 'Joined a huddle' : 'Left a huddle';
}

/** The first that the event names: people and channels by what they are called, never by their ids. */
function titleOf(event: SlackEvent): string {
  const { event: at, names } = event;
  const emoji = textOrNull(at, 'reaction') ?? textOrNull(at, 'name');
  if (event.type.startsWith('reaction_')) return emoji === null ? '' : `:${emoji}:`;
  if (event.type.startsWith('emoji_')) return emojiOf(at);
  const text = firstOf(at, ['item.message.text', 'item.file.title', 'file.title', 'file.name']);
  if (text !== null) return plainText(text.slice(0, 300), names);
  const links = list(at, 'links')
    .map((link) => textOrNull(link, 'url'))
    .filter((url) => url !== null);
  return (
    enumerated(links) ??
    firstOf(at, [
      'subteam.name',
      'function.title',
      'app_request.app.name',
      'app.name',
      'invite_request.email',
      'email_domain',
      'domain',
    ]) ??
    channelOf(event).name ??
    (isObject(read(at, 'user')) ? nameOf(read(at, 'user'), names) : null) ??
    firstOf(at, ['name', 'title']) ??
    ''
  );
}

function emojiOf(at: unknown): string {
  const [old, now] = [textOrNull(at, 'old_name'), textOrNull(at, 'new_name')];
  if (old !== null && now !== null) return `:${old}: → :${now}:`;
  const gone = list(at, 'names').filter((name) => typeof name === 'string');
  const name = textOrNull(at, 'name');
  return enumerated([...gone, ...(name === null ? [] : [name])].map((each) => `:${each}:`)) ?? '';
}

function factsOf({ event: at, names, type }: SlackEvent): readonly (string | null)[] {
  const status = type.startsWith('user_') ? statusOf(read(at, 'user.profile')) : null;
  const team = firstOf(at, ['invite.inviting_team.name', 'connected_team.name']);
  const inviter = nameOf(read(at, 'inviter'), names);
  const workspaces = list(at, 'team_ids').length;
  const granted = [...list(at, 'scopes')].filter((scope) => typeof scope === 'string');
  const [bots, people] = [list(at, 'tokens.bot').length, list(at, 'tokens.oauth').length];
  return [
    status,
    team === null ? null : `from ${team}`,
    inviter === null ? null : `invited by ${inviter}`,
    workspaces === 0 ? null : counted(workspaces, 'workspace'),
    enumerated(granted),
    bots === 0 ? null : counted(bots, 'bot token'),
    people === 0 ? null : counted(people, 'user token'),
    firstOf(at, ['app_request.message', 'invite_request.request_reason']),
  ];
}

/** `:mountain_railway: riding a train` */
function statusOf(profile: unknown): string | null {
  const parts = [textOrNull(profile, 'status_emoji'), textOrNull(profile, 'status_text')].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? null : parts.join(' ');
}
