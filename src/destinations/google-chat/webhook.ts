import type { Outcome } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import { type OutboundRequest, request } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';
import { judgeAnswer } from './answer.ts';
import type { ChatMessage } from './render.ts';

const TIMEOUT_MS = 10_000;

export interface Posting {
  readonly message: ChatMessage;
  /** By it Google Chat knows a repetition, and answers with the first. Null: it has none. */
  readonly key: string | null;
  /** The thread it goes into, begun where there is none. Null: a message of its own. */
  readonly thread: string | null;
}

/** https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages/create */
export async function post(
  webhook: Secret,
  { message, key, thread }: Posting,
  clock: Clock,
  context: Pick<OutboundRequest, 'signal' | 'departure'>,
): Promise<Outcome> {
  const url = new URL(webhook.reveal());
  if (key !== null) url.searchParams.set('requestId', key);
  if (thread !== null) url.searchParams.set('messageReplyOption', 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD');
  const result = await request({
    url: url.href,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: JSON.stringify({ ...message, ...(thread !== null && { thread: { threadKey: thread } }) }),
    timeoutMs: TIMEOUT_MS,
    ...context,
  });
  return judgeAnswer(result, clock.now());
}
