import type { StoredEvent } from '../../../model/event.ts';
import type { NotificationId } from '../../../model/notification.ts';
import { bodyOrNull, isObject, isTrue, list, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { ACTION_PREFIX, CHOICES, type Choice, MENU, UNMUTE_HERE, UNMUTE_ME } from './actions.ts';

/** What somebody wants. Nothing in it is trusted: it says what to look up. */
export type Wanted =
  /** On a message, or on the card of a thread. */
  | { readonly kind: 'choice'; readonly choice: Choice; readonly about: About }
  | { readonly kind: 'unmute'; readonly isOwn: boolean; readonly thread: string }
  /** Typed: `why https://…` */
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'home' }
  /** A value that no message of ours has. */
  | { readonly kind: 'unknown' };

export type About = { readonly notification: NotificationId } | { readonly thread: string };

/** How it was asked, and so where the answer goes. */
export const WAYS = ['click', 'command', 'mention', 'home'] as const;

/** One ask, as its payload says it. */
export interface Ask {
  readonly way: (typeof WAYS)[number];
  readonly wanted: Wanted;
  readonly team: string | null;
  readonly user: string | null;
  /** Another one than the workspace's is a stranger's. Null: it is not said. */
  readonly userTeam: string | null;
  /** Where. Null: in the Home. */
  readonly channel: { readonly id: string; readonly name: string | null } | null;
  /** The payload says that another company reads along. False: it says nothing. */
  readonly isShared: boolean;
  /** The `ts` of the message in whose thread it was asked. */
  readonly thread: string | null;
  /** Good for 30 min and five answers: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
  readonly responseUrl: string | null;
  /** As the command is called there, which whoever installs the app chooses. Null: none was typed. */
  readonly command: string | null;
  /** It was pressed on an answer, which the next one takes the place of. */
  readonly isOnAnswer: boolean;
}

/** How Tidings calls what may be an ask. All else is news. */
const TYPES = new Set(['app_mention', 'app_home_opened', 'slash_command', 'block_actions']);

type Body = Pick<StoredEvent, 'type' | 'body'>;

/** Cheap for what is none. */
export function isAsk(event: Body): boolean {
  if (!TYPES.has(event.type)) return false;
  return (event.type !== 'block_actions' || event.body.includes(ACTION_PREFIX)) && askIn(event) !== null;
}

/** Null: it is none, or not what Slack sends. */
export function askIn({ type, body }: Body): Ask | null {
  const payload = TYPES.has(type) ? payloadIn(body) : null;
  if (payload === null) return null;
  switch (type) {
    case 'block_actions':
      return clickIn(payload);
    case 'slash_command':
      return commandIn(payload);
    default:
      return eventIn(payload, type);
  }
}

/** JSON, or a form as Slack sends clicks and commands by HTTP. */
function payloadIn(body: Buffer): Payload | null {
  const start = body.subarray(0, 64).toString('utf8');
  if (/^\s*\{/.test(start)) return bodyOrNull(body);
  const form = new URLSearchParams(body.toString('utf8'));
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : bodyOrNull(Buffer.from(payload));
}

function clickIn(payload: Payload): Ask | null {
  const [action] = list(payload, 'actions');
  const id = textOrNull(action, 'action_id');
  if (textOrNull(payload, 'type') !== 'block_actions' || id === null || !id.startsWith(ACTION_PREFIX)) return null;
  const channel = textOrNull(payload, 'channel.id') ?? textOrNull(payload, 'container.channel_id');
  return {
    way: channel === null ? 'home' : 'click',
    wanted: pressed(id, action),
    team: textOrNull(payload, 'team.id'),
    user: textOrNull(payload, 'user.id'),
    userTeam: textOrNull(payload, 'user.team_id'),
    channel: channel === null ? null : { id: channel, name: textOrNull(payload, 'channel.name') },
    isShared: isTrue(payload, 'is_ext_shared_channel'),
    thread: textOrNull(payload, 'container.thread_ts'),
    responseUrl: textOrNull(payload, 'response_url'),
    command: null,
    isOnAnswer: isTrue(payload, 'container.is_ephemeral'),
  };
}

function pressed(id: string, action: unknown): Wanted {
  const value = textOrNull(action, 'selected_option.value') ?? textOrNull(action, 'value') ?? '';
  if (id === UNMUTE_HERE || id === UNMUTE_ME) {
    return value === '' ? { kind: 'unknown' } : { kind: 'unmute', isOwn: id === UNMUTE_ME, thread: value };
  }
  const [word, number, thread = ''] = /^([a-z]+):(?:ntf_([1-9]\d{0,14})|card_(.+))$/s.exec(value)?.slice(1) ?? [];
  const choice = CHOICES.find((each) => each === word);
  if (id !== MENU || choice === undefined) return { kind: 'unknown' };
  return { kind: 'choice', choice, about: number === undefined ? { thread } : { notification: Number(number) } };
}

function commandIn(payload: Payload): Ask | null {
  const channel = textOrNull(payload, 'channel_id');
  const command = textOrNull(payload, 'command');
  if (command === null) return null;
  return {
    way: 'command',
    wanted: { kind: 'words', text: textOrNull(payload, 'text') ?? '' },
    team: textOrNull(payload, 'team_id'),
    user: textOrNull(payload, 'user_id'),
    userTeam: null,
    channel: channel === null ? null : { id: channel, name: textOrNull(payload, 'channel_name') },
    isShared: false,
    thread: null,
    responseUrl: textOrNull(payload, 'response_url'),
    command,
    isOnAnswer: false,
  };
}

/** A mention, or somebody who opened the Home; what else stands in the app's own tab is no question. */
function eventIn(payload: Payload, type: string): Ask | null {
  const event = read(payload, 'event');
  if (!isObject(event) || textOrNull(event, 'type') !== type) return null;
  const isMention = type === 'app_mention';
  if (!isMention && textOrNull(event, 'tab') !== 'home') return null;
  const channel = textOrNull(event, 'channel');
  return {
    way: isMention ? 'mention' : 'home',
    wanted: isMention ? { kind: 'words', text: textOrNull(event, 'text') ?? '' } : { kind: 'home' },
    team: textOrNull(payload, 'team_id'),
    // What a bot writes has no user, or is a bot's: nobody asks.
    user: textOrNull(event, 'bot_id') === null ? textOrNull(event, 'user') : null,
    userTeam: textOrNull(event, 'user_team') ?? textOrNull(event, 'team'),
    channel: isMention && channel !== null ? { id: channel, name: null } : null,
    isShared: isTrue(payload, 'is_ext_shared_channel'),
    thread: textOrNull(event, 'thread_ts'),
    responseUrl: null,
    command: null,
    isOnAnswer: false,
  };
}
