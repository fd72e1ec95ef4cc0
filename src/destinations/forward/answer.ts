import type { Outcome } from '../../model/destination.ts';
import { originOf } from '../../shared/origin.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { without } from '../../shared/secrets/redact.ts';
import { quoted } from '../../text/plain.ts';
import { retryAfterMs } from '../retry-after.ts';

const ADVICE: Readonly<Record<number, string>> = {
  401: 'check that both sides have the same secret',
  403: 'check that both sides have the same secret',
  404: 'check the path in url',
  405: 'it must accept POST there: check the path in url',
  413: 'it must accept larger bodies',
};

/**
 * What an application's answer means. Most of what begins with 4 is tried again too: while something is deployed it answers 404 or 401.
 * `final`: what it says of the event itself. Of `url` only the origin shows.
 */
export function outcomeOf(result: OutboundResult, url: string, final: readonly number[], now: number): Outcome {
  if (result.kind === 'answered' && result.status >= 200 && result.status < 300) {
    return { kind: 'sent', answer: String(result.status) };
  }
  const where = originOf(url);
  if (result.kind === 'unreachable') return { kind: 'retry', reason: `${where} cannot be reached: ${result.reason}` };
  if (result.kind === 'lost') return { kind: 'unknown', reason: `${where} may have it: ${result.reason}` };
  const { status, headers } = result;
  if (status >= 300 && status < 400) {
    return { kind: 'broken', reason: `${where} redirects (${status}): set url to the final address` };
  }
  const text = quoted(withoutPath(result.text, url), 120);
  const advice = ADVICE[status];
  const said = `${where} answered ${status}${text && ` "${text}"`}${advice === undefined ? '' : `; ${advice}`}`;
  if (status === 410) return { kind: 'broken', reason: `${said}: it is gone for good; set another url` };
  if (final.includes(status)) {
    return { kind: 'rejected', reason: `${said}; it does not take this event: mend that, then replay it` };
  }
  return { kind: 'retry', reason: said, retryAfterMs: retryAfterMs(headers.get('retry-after'), now) };
}

/** `Cannot POST /hooks/…` is how many a server says that there is nothing. */
function withoutPath(text: string, url: string): string {
  const { pathname = '', search = '' } = URL.parse(url) ?? {};
  const shown = pathname.length > 1 ? without(without(text, pathname + search), pathname) : text;
  return search.length > 1 ? without(shown, search) : shown;
}
