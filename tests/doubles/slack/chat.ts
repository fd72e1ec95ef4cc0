import { checkMessage, type SlackPayload } from '../slack-rules.ts';
import type { App } from './app.ts';
import { type Call, isTrue, type Method, needs, no, type Said, structured, TIER, wrong } from './call.ts';
import { unescapedIn, unescapedInBlocks } from './markup.ts';
import type { Message, Metadata } from './messages.ts';
import type { Channel } from './workspace.ts';

const UPDATED_TEXT = 4000;
/** Slack names no limit: https://docs.slack.dev/messaging/message-metadata. Ids fit, texts do not. */
const METADATA = 2000;

type Args = Call['args'];

/** Where a message is shown, and what its `blocks` and `text` may be: else why Slack refuses it. */
export function contentOf(args: Args): SlackPayload | Said {
  const blocks = structured(args['blocks']);
  if (args['blocks'] !== undefined && !Array.isArray(blocks)) return wrong('invalid_blocks_format', 'blocks: no JSON');
  const flags = ['unfurl_links', 'unfurl_media', 'mrkdwn'].filter((name) => args[name] !== undefined);
  const checked = checkMessage({
    ...args,
    ...(blocks !== undefined && { blocks }),
    ...Object.fromEntries(flags.map((name) => [name, isTrue(args[name])])),
  });
  if ('why' in checked) return wrong(checked.body, checked.why);
  const loose = checked.mrkdwn === false ? null : unescapedIn(checked.text ?? '');
  if (loose !== null) return wrong('invalid_arguments', `text is not escaped: ${loose}`);
  const looseBlock = unescapedInBlocks(checked.blocks);
  return looseBlock === null ? checked : wrong('invalid_blocks', `mrkdwn is not escaped: ${looseBlock}`);
}

/** Undefined: it is not given. Null: it is to be removed. */
export function metadataOf(given: unknown): Metadata | null | undefined | Said {
  if (given === undefined) return undefined;
  const json = structured(given);
  if (typeof json !== 'object' || json === null) return wrong('invalid_metadata_format', 'metadata is no object');
  if (Object.keys(json).length === 0) return null;
  const { event_type, event_payload, ...more } = json as Partial<Metadata>;
  const isShaped = typeof event_type === 'string' && event_type !== '' && event_payload instanceof Object;
  if (!isShaped || Object.keys(more).length > 0) {
    return wrong('invalid_metadata_schema', 'metadata is { event_type, event_payload }');
  }
  const size = JSON.stringify(json).length;
  return size > METADATA ? wrong('metadata_too_large', `metadata of ${size}`) : { event_type, event_payload };
}

/** The channel where the app may post, or why not. */
export function placeOf({ workspace, app, args: { channel: name } }: Call): Channel | Said {
  const user = workspace.user(name);
  if (user?.isDeleted) return no('channel_not_found');
  if (user?.isBot) return no('cannot_dm_bot');
  const channel = user
    ? workspace.direct(app, user.id)
    : workspace
        .visible(app)
        .find(
          (each) => each.id === name || (each.with === null && [each.name, `#${each.name}`].includes(String(name))),
        );
  if (!channel) return no('channel_not_found');
  if (channel.with !== null && !app.hasMessagesTab) return no('messages_tab_disabled');
  if (channel.isArchived) return no('is_archived');
  if (!channel.members.has(app.userId) && !app.scopes.includes('chat:write.public')) return no('not_in_channel');
  return channel;
}

/** What administrators, or who locked the thread, forbid. */
export function forbidden({ restricts }: Channel, below: Message | undefined): Said | null {
  if (restricts === 'posting') return no('restricted_action');
  if (restricts === 'everything') return no('restricted_action_read_only_channel');
  if (restricts === 'top' && !below) return no('restricted_action_thread_only_channel');
  if (restricts === 'threads' && below) return no('restricted_action_non_threadable_channel');
  return below?.isLocked ? no('restricted_action_thread_locked') : null;
}

/** Changes by who did not post it are refused; so is what nobody sees any more. */
function ownMessage({ workspace, app, args }: Call, refusal: string): Message | Said {
  // Ids only, and of a direct message its D id: a name or a person is not looked up.
  const channel = workspace.channelFor(app, args['channel']);
  if (!channel) return no('channel_not_found');
  const isInside = channel.members.has(app.userId) || app.scopes.includes('chat:write.public');
  if (!isInside) return no('not_in_channel');
  const message = workspace.messages.find(channel.id, args['ts']);
  if (!message) return no('message_not_found');
  return message.appId === app.id && message.state === 'standing' ? message : no(refusal);
}

function update(call: Call): Said {
  const { workspace, app, args, at } = call;
  const missing = needs(app, 'chat:write');
  if (missing) return missing;
  const message = ownMessage(call, 'cant_update_message');
  if ('ok' in message) return message;
  if (workspace.channelFor(app, message.channel)?.isArchived) return no('is_inactive');
  const { editWindowMs } = workspace.settings;
  if (editWindowMs !== null && at - message.at > editWindowMs) return no('edit_window_closed');
  const { channel: _, ts: __, metadata: given, ...content } = args;
  const metadata = metadataOf(given);
  if (metadata && 'ok' in metadata) return metadata;
  const isContent = content['text'] !== undefined || content['blocks'] !== undefined;
  if (!isContent && metadata === undefined) return no('no_text');
  if (isContent) {
    const checked = contentOf(content);
    if ('ok' in checked) return checked;
    const text = checked.text ?? '';
    if (text.length > UPDATED_TEXT) return wrong('msg_too_long', `text of ${text.length}`);
    // With text and no blocks the blocks go.
    message.isEdited = checked.blocks === undefined;
    message.text = text;
    message.blocks = checked.blocks;
  }
  if (metadata !== undefined) message.metadata = metadata;
  return answered(call, message);
}

function answered({ workspace }: Call, message: Message): Said {
  const { channel, ts, text } = message;
  return { ok: true, channel, ts, text, message: workspace.messages.wire(message) };
}

function remove(call: Call): Said {
  const missing = needs(call.app, 'chat:write');
  if (missing) return missing;
  const message = ownMessage(call, 'cant_delete_message');
  if ('ok' in message) return message;
  call.workspace.messages.remove(message);
  return { ok: true, channel: message.channel, ts: message.ts };
}

/** Shown to one person, and gone at the next start of their client. */
function postEphemeral(call: Call): Said {
  const { workspace, app, at } = call;
  const missing = needs(app, 'chat:write');
  if (missing) return missing;
  const place = placeOf(call);
  if ('ok' in place) return place;
  const { channel: _, user, thread_ts: below, ...content } = call.args;
  if (!place.members.has(String(user))) return no('user_not_in_channel');
  const checked = contentOf(content);
  if ('ok' in checked) return checked;
  workspace.ephemerals.push(ephemeral(workspace.messages.nextTs(at), at, app, String(user), place.id, below, checked));
  return { ok: true, message_ts: workspace.ephemerals.at(-1)?.ts };
}

/** `user` is who sees it. */
export function ephemeral(
  ts: string,
  at: number,
  app: App,
  user: string,
  channel: string,
  below: unknown,
  content: SlackPayload,
): Message {
  return {
    channel,
    ts,
    at,
    user,
    botId: app.botId,
    appId: app.id,
    threadTs: typeof below === 'string' ? below : null,
    text: content.text ?? '',
    blocks: content.blocks,
    metadata: null,
    isBroadcast: false,
    isEdited: false,
    state: 'standing',
    isLocked: false,
    reactions: new Map(),
  };
}

/** chat.* but for chat.postMessage, which has a pace of its own. */
export const CHAT: Readonly<Record<string, Method>> = {
  'chat.update': { perMinute: TIER.three, takesJson: true, run: update },
  'chat.delete': { perMinute: TIER.three, takesJson: true, run: remove },
  'chat.postEphemeral': { perMinute: TIER.four, takesJson: true, run: postEphemeral },
};
