import type { Outcome, Receipt } from '../../model/destination.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { isBreakdown, isOfPlace, personWords, refusalWords } from './bot-refusals.ts';
import { readAnswer } from './web-api.ts';

/**
 * What the answer to chat.postMessage means: as with a webhook (answer.ts), but that Slack says no with a 200. `now` is ms
 * since 1970. `person`: whose direct messages these are.
 */
export function outcomeOfPost(
  result: OutboundResult,
  { channel, person = null, now }: { readonly channel: string; readonly person?: string | null; readonly now: number },
): Outcome {
  const answer = readAnswer(result, now);
  switch (answer.kind) {
    case 'ok':
      return { kind: 'sent', answer: answerIn(answer.data), receipt: receiptOf(answer.data) };
    case 'later':
      return { kind: 'retry', reason: answer.reason, retryAfterMs: answer.retryAfterMs };
    case 'refused':
      if (person !== null && isOfPlace(answer.refusal)) {
        return { kind: 'rejected', reason: personWords(answer.refusal, person) };
      }
      return {
        kind: isBreakdown(answer.refusal) ? 'broken' : 'rejected',
        reason: refusalWords(answer.refusal, { channel }),
      };
    case 'unreachable':
      return { kind: 'retry', reason: `Slack cannot be reached: ${answer.reason}` };
    case 'lost':
      return { kind: 'unknown', reason: `Slack may have it: ${answer.reason}` };
  }
}

/** The message below which it was to go is gone, or takes no replies. */
const ROOTLESS = new Set(['thread_not_found', 'cannot_reply_to_message']);

export function lacksRoot(result: OutboundResult): boolean {
  const answer = readAnswer(result, 0);
  return answer.kind === 'refused' && ROOTLESS.has(answer.refusal.code);
}

/** Of its `client_msg_id` there was a message, which is no more. */
export function wasDeleted(result: OutboundResult): boolean {
  const answer = readAnswer(result, 0);
  return answer.kind === 'refused' && answer.refusal.code === 'duplicate_message_not_found';
}

function answerIn({ is_duplicate: isDuplicate }: Readonly<Record<string, unknown>>): string {
  return isDuplicate === true ? '200 ok, it had arrived before (is_duplicate)' : '200 ok';
}

/**
 * The message below which later ones go, as `thread_ts` wants it. Where that one was deleted Slack posts into the channel, and repeats no
 * `thread_ts` (https://github.com/slack-go/slack/issues/1571): then this is the first.
 */
function receiptOf({ channel, ts, message }: Readonly<Record<string, unknown>>): Receipt | undefined {
  const root = message instanceof Object && 'thread_ts' in message ? message.thread_ts : ts;
  return typeof channel === 'string' && typeof root === 'string' ? { channel, ts: root } : undefined;
}
