import type { Message, Receipt, SendContext } from '../../model/destination.ts';
import type { Rendered } from './render.ts';
import type { Webhook, WebhookRequest } from './webhook.ts';

/**
 * What becomes of later news about one issue or pull request: a message of its own, an edit of the one before, or a message in
 * the thread that the first one opened.
 */
export const FOLLOW_UPS = ['post', 'edit', 'thread'] as const;
export type FollowUps = (typeof FOLLOW_UPS)[number];

export interface Placing {
  readonly followUps: FollowUps;
  /** The thread or forum post that all of it goes into; with `thread`, what is in no conversation. */
  readonly threadId: string | null;
  /** Null: as the webhook is called. */
  readonly username: string | null;
}

export interface Step {
  readonly request: WebhookRequest;
  /** What it will have been: `posted`. */
  readonly done: string;
  readonly inThread: boolean;
}

export interface Steps {
  /** Adds to what was told before of the same issue or pull request: asked for first. Null: there is nothing to add to. */
  readonly addition: Step | null;
  /** Asked for where there is no addition, or what it adds to is gone. */
  readonly fresh: Step;
}

export function stepsFor(
  message: Message,
  { body, edit, threadName, rings }: Rendered,
  { earlier, thread = null }: Pick<SendContext, 'earlier' | 'thread'>,
  { followUps, threadId, username }: Placing,
  webhook: Webhook,
): Steps {
  const { content, ...rest } = body;
  const posted = { ...rest, ...(content && { content }), ...(username !== null && { username }) };
  const notification = message.kind === 'single' ? message.notification : null;
  const isForum = followUps === 'thread';
  const opens = isForum && (thread !== null || threadId === null);
  const fresh: Step = opens
    ? { request: webhook.post({ ...posted, thread_name: threadName }, null), done: 'opened a thread', inThread: true }
    : { request: webhook.post(posted, threadId), done: 'posted', inThread: threadId !== null };
  const before = placeOf(earlier);
  if (before === null || notification === null || notification.activity.keys.thread === null)
    return { addition: null, fresh };
  const inThread = before.thread !== null;
  if (isForum && thread !== null && inThread) {
    const request = webhook.post(posted, before.thread);
    return { addition: { request, done: 'posted in its thread', inThread }, fresh };
  }
  // An edit rings nobody's phone, and what is replayed on purpose is to be seen.
  if (followUps !== 'edit' || rings || notification.isReplay) return { addition: null, fresh };
  const request = webhook.edit(before.message, edit, before.thread);
  return { addition: { request, done: 'edited', inThread }, fresh };
}

/** Of what `receiptOf` made. */
function placeOf(receipt: Receipt | null): { readonly message: string; readonly thread: string | null } | null {
  const { message, thread } = receipt ?? {};
  return isId(message) ? { message, thread: isId(thread) ? thread : null } : null;
}

/** Where the message stands, by Discord's answer to a post or an edit. Undefined: it does not say. */
export function receiptOf(data: Readonly<Record<string, unknown>>, { inThread }: Step): Receipt | undefined {
  const { id, channel_id: channel } = data;
  if (!isId(id)) return undefined;
  return inThread && isId(channel) ? { message: id, thread: channel } : { message: id };
}

/** https://docs.discord.com/developers/reference#snowflakes */
function isId(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,20}$/.test(value);
}
