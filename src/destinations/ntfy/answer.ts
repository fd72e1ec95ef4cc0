import type { Outcome } from '../../model/destination.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { quoted } from '../../text/plain.ts';
import { isPage, objectIn } from '../answer-text.ts';
import { retryAfterMs } from '../retry-after.ts';

/** After the first 60 requests one more is allowed every five seconds: https://docs.ntfy.sh/publish/#limitations */
const ANOTHER_MS = 5_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** https://github.com/binwiederhier/ntfy/blob/main/server/errors.go */
const DAY_IS_USED_UP = 42908;

const BROKEN: Readonly<Record<number, string>> = {
  40009: 'the name of the topic is none (40009): check url',
  40010: 'the server allows no topic of that name (40010): choose another in url',
  401: 'ntfy does not know the token (401): make a new one (Account → Access tokens) and update token',
  403: 'ntfy does not let us post to the topic (403): set the token of a user who may write there, or `ntfy access` it',
  404: 'there is no ntfy at that address (404): check url',
};

/** What ntfy's answer means; `now` is ms since 1970. */
export function judgeAnswer(result: OutboundResult, now: number): Outcome {
  if (result.kind === 'unreachable') return { kind: 'retry', reason: `ntfy cannot be reached: ${result.reason}` };
  if (result.kind === 'lost') return { kind: 'unknown', reason: `ntfy may have it: ${result.reason}` };
  const { status, headers, text } = result;
  const data = objectIn(text);
  const isYes = typeof data?.['id'] === 'string';
  if (status >= 200 && status < 300 && isYes)
    return { kind: 'sent', answer: `${status} ${quoted(String(data['id']), 40)}` };
  const code = typeof data?.['code'] === 'number' ? data['code'] : 0;
  const words = typeof data?.['error'] === 'string' ? quoted(data['error'], 120) : '';
  const said = [status, code || '', words].filter(Boolean).join(' ');
  const wait = retryAfterMs(headers.get('retry-after'), now);
  if (status === 429) return slower(code, said, wait, now);
  if (status === 408 || status === 425 || status >= 500) {
    return { kind: 'retry', reason: `ntfy has a problem (${said})`, retryAfterMs: wait };
  }
  if (status >= 300 && status < 400) {
    return { kind: 'broken', reason: `the server redirects (${said}): set url to the final address` };
  }
  const broken = BROKEN[code] ?? BROKEN[status];
  if (data === null && (status < 300 || isPage(text))) {
    return { kind: 'retry', reason: `answered ${status}, but not as ntfy does; check url`, retryAfterMs: wait };
  }
  if (broken !== undefined) return { kind: 'broken', reason: broken };
  return {
    kind: 'rejected',
    reason: `ntfy refused the message (${said}); please report it with \`tidings events show\``,
  };
}

/** ntfy names no time; a proxy before it may. */
function slower(code: number, said: string, wait: number | undefined, now: number): Outcome {
  if (code !== DAY_IS_USED_UP) {
    return { kind: 'retry', reason: `ntfy asks to slow down (${said})`, retryAfterMs: wait ?? ANOTHER_MS };
  }
  return {
    kind: 'retry',
    reason: `ntfy takes no more messages today (${said}); it begins anew at 00:00 UTC`,
    retryAfterMs: wait ?? DAY_MS - (now % DAY_MS),
  };
}
