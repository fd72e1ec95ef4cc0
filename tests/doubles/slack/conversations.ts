import { type Call, isTrue, type Method, needs, no, pageOf, type Said, TIER, textOf } from './call.ts';
import type { Message } from './messages.ts';
import type { Channel } from './workspace.ts';

const TYPES = ['public_channel', 'private_channel', 'mpim', 'im'] as const;
const MOST = 999;

function list({ workspace, app, args }: Call): Said {
  const limit = Number(args['limit'] ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) return no('invalid_limit');
  const types = textOf(args['types'], 'public_channel').split(',');
  if (types.some((type) => !(TYPES as readonly string[]).includes(type))) return no('invalid_types');
  const missing = needs(
    app,
    ...(types.includes('public_channel') ? ['channels:read'] : []),
    ...(types.includes('private_channel') ? ['groups:read'] : []),
    ...(types.includes('im') ? ['im:read'] : []),
  );
  if (missing) return missing;
  const wanted = workspace
    .visible(app)
    .filter((each) => types.includes(typeOf(each)) && !(each.isArchived && isTrue(args['exclude_archived'])));
  const page = pageOf(wanted, Math.min(limit, workspace.settings.pageSize), args['cursor']);
  if (page === null) return no('invalid_cursor');
  const channels = page.items.map((channel) => shown(channel, app.userId));
  return { ok: true, channels, response_metadata: { next_cursor: page.next } };
}

function typeOf({ isPrivate, with: user }: Channel): string {
  if (user !== null) return 'im';
  return isPrivate ? 'private_channel' : 'public_channel';
}

export function shown(
  { id, name, isPrivate, isArchived, isShared, with: user, members }: Channel,
  self: string,
): object {
  if (user !== null) return { id, is_im: true, user };
  return {
    id,
    name,
    is_channel: true,
    is_private: isPrivate,
    is_member: members.has(self),
    is_archived: isArchived,
    is_ext_shared: isShared,
  };
}

function info({ workspace, app, args }: Call): Said {
  // Ids only: a name is not looked up.
  const channel = workspace.channelFor(app, args['channel']);
  if (!channel) return no('channel_not_found');
  return needs(app, scopeOf(channel, 'read')) ?? { ok: true, channel: shown(channel, app.userId) };
}

/** `channels:history`, `groups:read`, `im:history`. */
export function scopeOf({ isPrivate, with: user }: Channel, what: 'read' | 'history'): string {
  if (user !== null) return `im:${what}`;
  return `${isPrivate ? 'groups' : 'channels'}:${what}`;
}

/** The channel whose messages may be read, or why not. */
function readable({ workspace, app, args }: Call): Channel | Said {
  const channel = workspace.channelFor(app, args['channel']);
  if (!channel) return no('channel_not_found');
  const missing = needs(app, scopeOf(channel, 'history'));
  if (missing) return missing;
  return channel.members.has(app.userId) ? channel : no('not_in_channel');
}

function history(call: Call): Said {
  const channel = readable(call);
  if ('ok' in channel) return channel;
  return read(call, call.workspace.messages.inChannel(channel.id).toReversed());
}

/** On a parent's `ts` it tells whether it lives; on a reply's it shows that alone. */
function replies(call: Call): Said {
  const channel = readable(call);
  if ('ok' in channel) return channel;
  const { messages } = call.workspace;
  const parent = messages.find(channel.id, call.args['ts']);
  return parent ? read(call, [parent, ...messages.replies(parent)]) : no('thread_not_found');
}

function read({ workspace, args }: Call, all: readonly Message[]): Said {
  const limit = Number(args['limit'] ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) return no('invalid_limit');
  const isInclusive = isTrue(args['inclusive']);
  const bound = (name: string) => (args[name] === undefined ? null : Number(args[name]));
  const [oldest, latest] = [bound('oldest'), bound('latest')];
  if (Number.isNaN(oldest)) return no('invalid_ts_oldest');
  if (Number.isNaN(latest)) return no('invalid_ts_latest');
  const wanted = all.filter(({ ts }) => {
    const time = Number(ts);
    if (time === oldest || time === latest) return isInclusive;
    return (oldest === null || time > oldest) && (latest === null || time < latest);
  });
  const page = pageOf(wanted, Math.min(limit, workspace.settings.pageSize), args['cursor']);
  if (page === null) return no('invalid_cursor');
  const withMetadata = isTrue(args['include_all_metadata']);
  const messages = page.items.map((message) => workspace.messages.wire(message, withMetadata));
  const has_more = page.next !== '';
  return { ok: true, messages, has_more, ...(has_more && { response_metadata: { next_cursor: page.next } }) };
}

function open({ workspace, app, args }: Call): Said {
  const missing = needs(app, 'im:write');
  if (missing) return missing;
  const [id, ...more] = textOf(args['users']).split(',');
  if (!id) return no('users_list_not_supplied');
  if (more.length > 0) return needs(app, 'mpim:write') ?? no('method_not_supported_for_channel_type');
  const user = workspace.user(id);
  if (!user) return no('user_not_found');
  if (user.isDeleted) return no('user_disabled');
  if (user.isBot) return no('cannot_dm_bot');
  const wasOpen = workspace.channels.some((each) => each.with === id && each.members.has(app.userId));
  const channel = workspace.direct(app, id);
  return { ok: true, channel: { id: channel.id }, ...(wasOpen && { no_op: true, already_open: true }) };
}

function join({ workspace, app, args }: Call): Said {
  const missing = needs(app, 'channels:join');
  if (missing) return missing;
  const channel = workspace.channelFor(app, args['channel']);
  if (!channel) return no('channel_not_found');
  if (channel.isPrivate) return no('method_not_supported_for_channel_type');
  if (channel.isArchived) return no('is_archived');
  const wasIn = channel.members.has(app.userId);
  channel.members.add(app.userId);
  return { ok: true, channel: shown(channel, app.userId), ...(wasIn && { warning: 'already_in_channel' }) };
}

export const CONVERSATIONS: Readonly<Record<string, Method>> = {
  'conversations.list': { perMinute: TIER.two, run: list },
  'conversations.info': { perMinute: TIER.three, run: info },
  'conversations.history': { perMinute: TIER.three, run: history },
  'conversations.replies': { perMinute: TIER.three, run: replies },
  'conversations.open': { perMinute: TIER.three, takesJson: true, run: open },
  'conversations.join': { perMinute: TIER.three, takesJson: true, run: join },
};
