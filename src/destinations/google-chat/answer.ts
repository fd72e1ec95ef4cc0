import type { Outcome } from '../../model/destination.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { objectIn } from '../answer-text.ts';
import { judgeCommon, saidIn } from '../judge.ts';

const NEW_WEBHOOK =
  'make a new one (in a browser, the space → Apps & integrations → Webhooks → Add → Copy link) and update webhook_url';

/** What an answer means (https://developers.google.com/workspace/chat/troubleshoot-chat-errors); `now`: ms since 1970. A 429 says no time. */
export function judgeAnswer(result: OutboundResult, now: number): Outcome {
  const common = judgeCommon(result, { title: 'Google Chat', key: 'webhook_url', now });
  if (common !== null || result.kind !== 'answered') {
    return common ?? { kind: 'retry', reason: 'Google Chat did not answer' };
  }
  const { status, text } = result;
  const data = objectIn(text);
  if (data === null && status < 300) {
    return { kind: 'retry', reason: `no answer of Google Chat's (${saidIn(result)}); check webhook_url` };
  }
  if (status < 300 && data?.['error'] === undefined) return { kind: 'sent', answer: `${status} posted` };
  const said = saidIn(result, wordsIn(data));
  if (status === 401 || status === 403 || status === 404) {
    return { kind: 'broken', reason: `the webhook was removed, or its space (${said}): ${NEW_WEBHOOK}` };
  }
  return {
    kind: 'rejected',
    reason: `Google Chat refused the message (${said}); please report it with \`tidings events show\``,
  };
}

/** `{ "error": { "code": 400, "status": "INVALID_ARGUMENT", "message": … } }` */
function wordsIn(data: Readonly<Record<string, unknown>> | null): string | undefined {
  const error = data?.['error'];
  if (typeof error !== 'object' || error === null) return undefined;
  const { status, message }: Readonly<Record<string, unknown>> = { ...error };
  return [status, message].filter((each) => typeof each === 'string').join(' ');
}
