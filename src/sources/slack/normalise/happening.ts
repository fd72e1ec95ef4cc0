import { kindOf } from '../../../model/kind.ts';
import { isObject, list, read, textOrNull } from '../../../shared/payload.ts';
import { numberAt } from '../../../telling/parts.ts';
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
  const isInHuddle = textOrNull(at, 'user.profile.huddle_state') === 'in_a_huddle';
  const [huddle, inHuddle] = isInHuddle ? ['Joined a huddle', 'joined a huddle'] : ['Left a huddle', 'left a huddle'];
  const isHuddle = type === 'user_huddle_changed';
  // Whose doing the whole profile is about.
  const isTheirs = isHuddle || type === 'team_join';
  return {
    headline: isHuddle ? huddle : headline,
    did: isHuddle ? inHuddle : (did ?? null),
    tone: tone ?? 'neutral',
    noun: spaced(type.split('_')[0] ?? type),
    title: isTheirs && nameOf(read(at, 'user'), event.names) !== null ? '' : titleOf(event),
    // Not `invite.link`: whoever has it may join.
    url: firstOf(at, ['file.permalink', 'item.message.permalink']),
    by: isTheirs ? read(at, 'user') : byIn(event),
    facts: factsOf(event),
    thread: textOrNull(at, 'item.ts') ?? textOrNull(at, 'message_ts'),
  };
}

/** Who answers an invitation is not who sent it. */
const INVITED: ReadonlyMap<string, string> = new Map([
  ['shared_channel_invite_accepted', 'accepting_user'],
  ['shared_channel_invite_approved', 'approving_user'],
  ['shared_channel_invite_declined', 'declining_user'],
]);

function byIn({ type, event: at }: SlackEvent): unknown {
  const answers = INVITED.get(type);
  if (answers !== undefined) return read(at, answers);
  // Where the whole profile is there, it is what the event is about, and nobody else is named.
  const user = read(at, 'user');
  if (typeof user === 'string') return user;
  const people = ['user_id', 'assistant_thread.user_id', 'invite.inviting_user', 'actor', 'app_request.user'];
  return people.map((path) => read(at, path)).find((found) => found !== undefined && found !== null);
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
    settingOf(event) ??
    firstOf(at, [
      'subteam.name',
      'function.title',
      'app_request.app.name',
      'app.name',
      'app_name',
      'bot.name',
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

/** `slackbot_responses_only_admins` */
function settingOf({ type, event: at }: SlackEvent): string | null {
  return type.endsWith('pref_change') ? spaced(textOrNull(at, 'name') ?? '') : firstOf(at, ['plan', 'presence']);
}

function emojiOf(at: unknown): string {
  const [old, now] = [textOrNull(at, 'old_name'), textOrNull(at, 'new_name')];
  if (old !== null && now !== null) return `:${old}: → :${now}:`;
  const gone = list(at, 'names').filter((name) => typeof name === 'string');
  const name = textOrNull(at, 'name');
  return enumerated([...gone, ...(name === null ? [] : [name])].map((each) => `:${each}:`)) ?? '';
}

function factsOf({ event: at, names, type }: SlackEvent): readonly (string | null)[] {
  const status = type.startsWith('user_') && type !== 'user_huddle_changed' ? statusOf(read(at, 'user.profile')) : null;
  const team = firstOf(at, ['invite.inviting_team.name', 'connected_team.name']);
  const inviter = nameOf(read(at, 'inviter'), names);
  const workspaces = list(at, 'team_ids').length;
  const [added, removed] = [count(at, 'added_users_count'), count(at, 'removed_users_count')];
  const granted = [...list(at, 'scopes')].filter((scope) => typeof scope === 'string');
  const [bots, people] = [list(at, 'tokens.bot').length, list(at, 'tokens.oauth').length];
  return [
    status,
    team === null ? null : `from ${team}`,
    inviter === null ? null : `invited by ${inviter}`,
    workspaces === 0 ? null : counted(workspaces, 'workspace'),
    enumerated(granted),
    added === null ? null : `${added} added`,
    removed === null ? null : `${removed} removed`,
    bots === 0 ? null : counted(bots, 'bot token'),
    people === 0 ? null : counted(people, 'user token'),
    firstOf(at, ['app_request.message', 'invite_request.request_reason']),
  ];
}

/** Slack writes it as text. */
function count(at: unknown, path: string): number | null {
  const number = numberAt(at, path);
  return number !== null && Number.isInteger(number) && number > 0 && number < 1e9 ? number : null;
}

/** `:mountain_railway: riding a train` */
function statusOf(profile: unknown): string | null {
  const parts = [textOrNull(profile, 'status_emoji'), textOrNull(profile, 'status_text')].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? null : parts.join(' ');
}
