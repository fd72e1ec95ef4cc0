import type { Outcome } from '../../model/destination.ts';
import { originOf } from '../../shared/origin.ts';
import type { OutboundResult } from '../../shared/outbound.ts';
import { without } from '../../shared/secrets/redact.ts';
import { quoted } from '../../text/plain.ts';
import { retryAfterMs } from '../retry-after.ts';

const TRANSIENT = new Set([408, 425, 429]);
const ADVICE: Readonly<Record<number, string>> = {
  401: 'check the secret on both sides',
  403: 'check the secret on both sides',
  404: 'check the url',
  405: 'the endpoint must accept POST; check the url',
  410: 'the endpoint is gone for good; set a new url or remove the destination',
  413: 'the endpoint must accept larger bodies (ours stay under 64 kB)',
  415: 'the endpoint must accept application/json',
};

/** What an HTTP endpoint's answer means. Of `url` only the origin shows: path and query hold keys. */
export function outcomeOf(result: OutboundResult, url: string, now: number): Outcome {
  const where = originOf(url);
  if (result.kind === 'unreachable') return { kind: 'retry', reason: `${where} cannot be reached: ${result.reason}` };
  if (result.kind === 'lost') return { kind: 'unknown', reason: `${where} may have it: ${result.reason}` };
  const { status, headers } = result;
  if (status >= 200 && status < 300) return { kind: 'sent', answer: String(status) };
  const text = quoted(withoutPath(result.text, url), 120);
  const said = `${where} answered ${status}${text && ` "${text}"`}`;
  if (TRANSIENT.has(status) || status >= 500) {
    return { kind: 'retry', reason: said, retryAfterMs: retryAfterMs(headers.get('retry-after'), now) };
  }
  if (status >= 300 && status < 400) {
    return { kind: 'broken', reason: `${where} redirects (${status}); set url to the final address` };
  }
  return { kind: 'rejected', reason: `${said}; ${ADVICE[status] ?? 'see what the endpoint expects'}` };
}

/** `Cannot POST /hooks/…` is how many a server says that there is nothing. */
function withoutPath(text: string, url: string): string {
  const { pathname = '', search = '' } = URL.parse(url) ?? {};
  return without(without(text, pathname + search), pathname);
}
