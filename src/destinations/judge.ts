import type { Outcome } from '../model/destination.ts';
import type { OutboundResult } from '../shared/outbound.ts';
import { quoted } from '../text/plain.ts';
import { isPage } from './answer-text.ts';
import { retryAfterMs } from './retry-after.ts';

type Answered = Extract<OutboundResult, { kind: 'answered' }>;

export interface Judging {
  /** As people call the service. */
  readonly title: string;
  /** The key of tidings.yaml that says where it is. */
  readonly key: string;
  /** Ms since 1970. */
  readonly now: number;
}

const BUSY = new Set([408, 425, 429]);

/**
 * What means the same from every service: not there, no answer, slower, down, elsewhere. Null: it is an answer of its own kind, yes
 * or no. `waitMs`: what its body says of how long to wait; the longer of that and `Retry-After` counts.
 */
export function judgeCommon(result: OutboundResult, judging: Judging, waitMs?: number): Outcome | null {
  const { title, key, now } = judging;
  if (result.kind === 'unreachable') return { kind: 'retry', reason: `${title} cannot be reached: ${result.reason}` };
  if (result.kind === 'lost') return { kind: 'unknown', reason: `${title} may have it: ${result.reason}` };
  const { status, headers } = result;
  if (BUSY.has(status) || status >= 500) {
    const waits = [retryAfterMs(headers.get('retry-after'), now), waitMs].filter((ms) => ms !== undefined);
    const what = status === 429 ? 'asks to slow down' : 'has a problem';
    const wait = waits.length === 0 ? undefined : Math.max(...waits);
    return { kind: 'retry', reason: `${title} ${what} (${saidIn(result)})`, retryAfterMs: wait };
  }
  if (status >= 300 && status < 400) {
    return { kind: 'broken', reason: `${title} redirects (${status}): set ${key} to the final address` };
  }
  return null;
}

/** `400 Bad Request: chat not found`: the status, and `words`, else the start of the text; without secrets. */
export function saidIn({ status, text }: Answered, words?: string): string {
  const said = quoted(words ?? (isPage(text) ? 'an HTML page' : text), 200);
  return said === '' ? String(status) : `${status} ${said}`;
}
