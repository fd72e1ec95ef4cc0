import type { SlackPayload } from '../slack-rules.ts';
import { type Call, isTrue, type Method, needs, no, type Said, textOf, wrong } from './call.ts';
import { contentOf, forbidden, metadataOf, placeOf } from './chat.ts';
import type { Message } from './messages.ts';
import type { Channel } from './workspace.ts';

/** What is told of each message that was posted. */
export interface Posted {
  readonly message: Message;
  readonly payload: SlackPayload;
}

export interface Pace {
  /** Least spacing in one channel, ms. 0: none, and no limit of the workspace either. */
  readonly intervalMs: number;
  /** Whether a `client_msg_id` says anything. */
  readonly knowsRepeats: boolean;
  readonly onPosted: (posted: Posted) => void;
}

const TOLERANCE_MS = 5;
/** "Several hundred a minute" in a workspace: https://docs.slack.dev/apis/web-api/rate-limits */
const WORKSPACE_PER_MINUTE = 300;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** One a second and channel, whichever app; a `client_msg_id` that was taken before posts nothing more. */
export function postMessage({ intervalMs, knowsRepeats, onPosted }: Pace): Method {
  const lastPost = new Map<string, number>();
  const taken = new Map<string, Message>();

  /** The answer to an id that was taken before: of the same message, if it stands. */
  function known(call: Call, key: string | undefined, channel: Channel): Said | null {
    const message = key === undefined ? undefined : taken.get(`${call.app.id} ${key}`);
    if (message === undefined) return null;
    if (message.channel !== channel.id) {
      return wrong('invalid_arguments', `client_msg_id ${key} is of a message in ${message.channel}`);
    }
    if (message.state !== 'standing') return no('duplicate_message_not_found');
    return { ...answerWith(call, message), is_duplicate: true };
  }

  function spaced(channel: Channel, at: number): Said | null {
    const spacing = at - (lastPost.get(channel.id) ?? Number.NEGATIVE_INFINITY);
    if (spacing >= intervalMs - TOLERANCE_MS) {
      lastPost.set(channel.id, at);
      return null;
    }
    const more = { status: 429, retryAfter: Math.max(1, Math.ceil((intervalMs - spacing) / 1000)) };
    return { ...wrong('ratelimited', `${spacing.toFixed(1)} ms after the message before`), ...more };
  }

  function run(call: Call): Said {
    const { workspace, app, args, at } = call;
    const missing = needs(app, 'chat:write');
    if (missing) return missing;
    const channel = placeOf(call);
    if ('ok' in channel) return channel;
    const { channel: _, thread_ts: given, reply_broadcast, client_msg_id, metadata: data, ...content } = args;
    if (given !== undefined && typeof given !== 'string') return wrong('invalid_arguments', 'thread_ts is a text');
    const parent = given === undefined ? undefined : workspace.messages.find(channel.id, given);
    if (parent && parent.threadTs !== null) return wrong('cannot_reply_to_message', 'thread_ts is a reply’s');
    // Below what is gone it is shown in the channel, and nobody is told: https://github.com/slack-go/slack/issues/1571
    const below = parent?.state === 'standing' ? parent : undefined;
    const refusal = forbidden(channel, below);
    if (refusal) return refusal;
    const payload = contentOf(content);
    if ('ok' in payload) return payload;
    const metadata = metadataOf(data);
    if (metadata && 'ok' in metadata) return metadata;
    const key = client_msg_id === undefined ? undefined : textOf(client_msg_id);
    if (key !== undefined && !UUID.test(key)) return wrong('invalid_arguments', 'client_msg_id is a UUID');
    const early = spaced(channel, at);
    if (early) return early;
    const twice = known(call, key, channel);
    if (twice) return twice;
    const message = workspace.messages.add({
      channel: channel.id,
      at,
      user: app.userId,
      botId: app.botId,
      appId: app.id,
      threadTs: below?.ts ?? null,
      text: payload.text ?? '',
      blocks: payload.blocks,
      metadata: metadata ?? null,
      isBroadcast: below !== undefined && isTrue(reply_broadcast),
    });
    if (key !== undefined && knowsRepeats) taken.set(`${app.id} ${key}`, message);
    onPosted({ message, payload });
    return answerWith(call, message);
  }

  return { perMinute: intervalMs === 0 ? null : WORKSPACE_PER_MINUTE, takesJson: true, run };
}

function answerWith({ workspace }: Call, message: Message): Said {
  return { ok: true, channel: message.channel, ts: message.ts, message: workspace.messages.wire(message) };
}
