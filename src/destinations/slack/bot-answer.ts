import type { Outcome } from '../../model/destination.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { refusalWords } from './bot-refusals.ts';
import { readAnswer } from './web-api.ts';

/**
 * What the answer to chat.postMessage means: as with a webhook (answer.ts), but that Slack says no with a 200. `now` is ms
 * since 1970.
 */
export function judgePost(
  result: OutboundResult,
  { channel, now }: { readonly channel: string; readonly now: number },
): Outcome {
  const answer = readAnswer(result, now);
  switch (answer.kind) {
    case 'ok': {
      const ts = answer.data['ts'];
      return { kind: 'sent', answer: typeof ts === 'string' ? `200 ok ${ts.slice(0, 30)}` : '200 ok' };
    }
    case 'later':
      return { kind: 'retry', reason: answer.reason, retryAfterMs: answer.retryAfterMs };
    case 'refused':
      return { kind: 'rejected', reason: refusalWords(answer.refusal, { channel }) };
    case 'unreachable':
      return { kind: 'retry', reason: `Slack cannot be reached: ${answer.reason}` };
    case 'lost':
      return { kind: 'unknown', reason: `Slack may have it: ${answer.reason}` };
  }
}
