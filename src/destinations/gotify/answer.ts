import type { Outcome } from '../../model/destination.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { quoted } from '../../text/plain.ts';
import { isPage, objectIn } from '../answer-text.ts';
import { retryAfterMs } from '../retry-after.ts';

const NEW_TOKEN = 'make a new application (Apps → Create Application) and update token';

const BROKEN: Readonly<Record<number, string>> = {
  401: `Gotify does not know the token (401); perhaps its application was deleted: ${NEW_TOKEN}`,
  403: `the token is not of an application (403): ${NEW_TOKEN}`,
  404: 'there is no Gotify at that address (404): check url',
};

/** What Gotify's answer means; `now` is ms since 1970. It knows no limits of pace: a proxy before it may. */
export function judgeAnswer(result: OutboundResult, now: number): Outcome {
  if (result.kind === 'unreachable') return { kind: 'retry', reason: `Gotify cannot be reached: ${result.reason}` };
  if (result.kind === 'lost') return { kind: 'unknown', reason: `Gotify may have it: ${result.reason}` };
  const { status, headers, text } = result;
  const data = objectIn(text);
  if (status >= 200 && status < 300 && typeof data?.['id'] === 'number') {
    return { kind: 'sent', answer: `${status} message ${data['id']}` };
  }
  const words = typeof data?.['errorDescription'] === 'string' ? quoted(data['errorDescription'], 120) : '';
  const said = [status, words].filter(Boolean).join(' ');
  const wait = retryAfterMs(headers.get('retry-after'), now);
  if (status === 429) return { kind: 'retry', reason: `Gotify asks to slow down (${said})`, retryAfterMs: wait };
  if (status === 408 || status === 425 || status >= 500) {
    return { kind: 'retry', reason: `Gotify has a problem (${said})`, retryAfterMs: wait };
  }
  if (status >= 300 && status < 400) {
    return { kind: 'broken', reason: `the server redirects (${said}): set url to the final address` };
  }
  if (status < 300 || (data === null && isPage(text))) {
    return { kind: 'retry', reason: `answered ${status}, but not as Gotify does; check url`, retryAfterMs: wait };
  }
  const broken = BROKEN[status];
  if (broken !== undefined) return { kind: 'broken', reason: broken };
  return {
    kind: 'rejected',
    reason: `Gotify refused the message (${said}); please report it with \`tidings events show\``,
  };
}
