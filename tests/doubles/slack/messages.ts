import type { SlackPayload } from '../slack-rules.ts';

export interface Metadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

/** A message as it stands now. */
export interface Message {
  readonly channel: string;
  readonly ts: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly user: string;
  readonly botId: string | null;
  readonly appId: string | null;
  /** `ts` of the message below which it is shown. Null: it stands in the channel. */
  readonly threadTs: string | null;
  text: string;
  blocks: SlackPayload['blocks'];
  metadata: Metadata | null;
  /** A reply that is shown in the channel too. */
  isBroadcast: boolean;
  /** People read "(edited)". */
  isEdited: boolean;
  /** gone: nothing is left; placeholder: "This message was deleted", with its replies below. */
  state: 'standing' | 'placeholder' | 'gone';
  /** No more replies. */
  isLocked: boolean;
  /** Name → who. */
  readonly reactions: Map<string, Set<string>>;
}

export type NewMessage = Pick<
  Message,
  'channel' | 'at' | 'user' | 'botId' | 'appId' | 'threadTs' | 'text' | 'blocks' | 'metadata' | 'isBroadcast'
>;

/** All that was ever posted, deletions included, in the order of `ts`. */
export class Messages {
  readonly all: Message[] = [];
  readonly #byTs = new Map<string, Message>();
  readonly #below = new Map<string, Message[]>();
  #lastTs = 0;

  add(message: NewMessage): Message {
    const ts = this.nextTs(message.at);
    const made: Message = {
      ...message,
      ts,
      isEdited: false,
      state: 'standing',
      isLocked: false,
      reactions: new Map(),
    };
    this.all.push(made);
    this.#byTs.set(keyOf(made.channel, ts), made);
    if (made.threadTs !== null) {
      const key = keyOf(made.channel, made.threadTs);
      this.#below.set(key, [...(this.#below.get(key) ?? []), made]);
    }
    return made;
  }

  /** Seconds with six decimals, each once and later than the one before. */
  nextTs(at: number): string {
    this.#lastTs = Math.max(Math.floor(at * 1000), this.#lastTs + 1);
    return `${Math.floor(this.#lastTs / 1e6)}.${String(this.#lastTs % 1e6).padStart(6, '0')}`;
  }

  find(channel: string, ts: unknown): Message | undefined {
    const found = this.#byTs.get(keyOf(channel, String(ts)));
    return found?.state === 'gone' ? undefined : found;
  }

  replies(parent: Message): readonly Message[] {
    return (this.#below.get(keyOf(parent.channel, parent.ts)) ?? []).filter(({ state }) => state !== 'gone');
  }

  /** What a channel shows at top level, oldest first. */
  inChannel(channel: string): readonly Message[] {
    return this.all.filter(
      (each) => each.channel === channel && each.state !== 'gone' && (each.threadTs === null || each.isBroadcast),
    );
  }

  /** A parent leaves a placeholder: https://docs.slack.dev/messaging/modifying-messages */
  remove(message: Message): void {
    message.state = this.replies(message).length > 0 ? 'placeholder' : 'gone';
    message.text = 'This message was deleted.';
    message.blocks = undefined;
    message.metadata = null;
    const parent = message.threadTs === null ? undefined : this.find(message.channel, message.threadTs);
    if (parent?.state === 'placeholder' && this.replies(parent).length === 0) parent.state = 'gone';
  }

  /** As the Web API and events show it. `withMetadata`: all of it; else no more than its type. */
  wire(message: Message, withMetadata = true): Readonly<Record<string, unknown>> {
    const { channel, ts, user, botId, appId, threadTs, text, blocks, metadata, reactions } = message;
    const replies = threadTs === null ? this.replies(message) : [];
    const said = withMetadata ? metadata : metadata && { event_type: metadata.event_type };
    const parent = threadTs === null ? undefined : this.find(channel, threadTs);
    return {
      type: 'message',
      ...(message.state === 'placeholder' && { subtype: 'tombstone' }),
      ...(message.isBroadcast && { subtype: 'thread_broadcast' }),
      user,
      ...(botId !== null && { bot_id: botId, app_id: appId }),
      ts,
      text,
      ...(blocks !== undefined && { blocks }),
      ...(threadTs !== null && { thread_ts: threadTs, parent_user_id: parent?.user }),
      ...(replies.length > 0 && { thread_ts: ts, reply_count: replies.length, latest_reply: replies.at(-1)?.ts }),
      ...(said !== null && { metadata: said }),
      ...(message.isEdited && { edited: { user, ts } }),
      ...(reactions.size > 0 && {
        reactions: [...reactions].map(([name, users]) => ({ name, users: [...users], count: users.size })),
      }),
    };
  }
}

/** `ts` is unique in its channel only. */
function keyOf(channel: string, ts: string): string {
  return `${channel} ${ts}`;
}
