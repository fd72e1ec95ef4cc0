import type { Outcome, Receipt } from '../../model/destination.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { isBreakdown, refusalWords } from './bot-refusals.ts';
import { readAnswer } from './web-api.ts';

/**
 * What the answer to chat.postMessage means: as with a webhook (answer.ts), but that Slack says no with a 200. `now` is ms
 * since 1970.
 */
export function outcomeOfPost(
  result: OutboundResult,
  { channel, now }: { readonly channel: string; readonly now: number },
): Outcome {
  const answer = readAnswer(result, now);
  switch (answer.kind) {
    case 'ok':
      return { kind: 'sent', answer: '200 ok', receipt: receiptOf(answer.data) };
    case 'later':
      return { kind: 'retry', reason: answer.reason, retryAfterMs: answer.retryAfterMs };
    case 'refused':
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

/** A message's place, as chat.update and `thread_ts` want it: https://docs.slack.dev/reference/methods/chat.update */
function receiptOf({ channel, ts }: Readonly<Record<string, unknown>>): Receipt | undefined {
  return typeof channel === 'string' && typeof ts === 'string' ? { channel, ts } : undefined;
}
