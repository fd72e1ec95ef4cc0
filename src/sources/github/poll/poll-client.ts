import type { Clock } from '../../../shared/clock.ts';
import { outboundFetch } from '../../../shared/outbound.ts';
import type { Secret } from '../../../shared/secret.ts';
import { githubHeaders, messageOf, parsed, wholeOrNull } from '../api/client.ts';

/** What is left of the hour, by GitHub's headers. */
export interface Rate {
  readonly limit: number;
  readonly remaining: number;
  /** ms since 1970 */
  readonly resetAt: number;
}

interface Heard {
  readonly rate: Rate | null;
  /** Null: GitHub does not say. */
  readonly pollIntervalMs: number | null;
}

/**
 * unchanged  304: nothing new, nothing used up
 * wait       not before `until` (ms since 1970; null: it does not say when)
 * gone       404, 410 or 451
 * refused    for good, in GitHub's words
 * failed     not now: unreachable, 5xx
 */
export type Answer =
  | (Heard & {
      readonly kind: 'ok';
      readonly body: unknown;
      readonly etag: string | null;
      readonly hasNext: boolean;
      /** GitHub's clock, ms since 1970. */
      readonly date: number;
    })
  | (Heard & { readonly kind: 'unchanged' })
  | (Heard & { readonly kind: 'wait'; readonly until: number | null; readonly status: number })
  | (Heard & { readonly kind: 'gone' })
  | (Heard & { readonly kind: 'refused'; readonly status: number; readonly message: string })
  | { readonly kind: 'failed'; readonly why: string };

/** One GET. Never throws. */
export type Ask = (path: string, etag: string | null) => Promise<Answer>;

export interface ClientSettings {
  readonly apiUrl: string;
  readonly token: Secret | null;
  readonly version: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const PATIENCE_MS = 30_000;

/** The client takes a 304 for an error and waits by itself, where nobody sees it: here both are part of the story. */
export function createAsk({ apiUrl, token, version, clock, signal }: ClientSettings): Ask {
  const headers = githubHeaders(token, version);
  return async (path, etag) => {
    try {
      const response = await outboundFetch(`${apiUrl}${path}`, {
        headers: etag === null ? headers : { ...headers, 'if-none-match': etag },
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      });
      const text = await response.text();
      return read(response, text, clock.now());
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return { kind: 'failed', why: cause instanceof Error ? cause.message : String(cause) };
    }
  };
}

function read(response: Response, text: string, now: number): Answer {
  const { status, headers } = response;
  const rate = rateOf(headers);
  const seconds = wholeOrNull(headers.get('x-poll-interval'));
  const heard = { rate, pollIntervalMs: seconds === null ? null : seconds * 1000 };
  if (status === 304) return { kind: 'unchanged', ...heard };
  if (status === 404 || status === 410 || status === 451) return { kind: 'gone', ...heard };
  if (status === 403 || status === 429) return limited(status, headers, text, now, heard);
  if (status >= 500) return { kind: 'failed', why: `it answered ${status}` };
  if (status !== 200) return { kind: 'refused', status, message: messageOf(text), ...heard };
  const hasNext = /rel="next"/.test(headers.get('link') ?? '');
  const date = Date.parse(headers.get('date') ?? '');
  const body = parsed(text);
  if (body === undefined) return { kind: 'failed', why: 'its answer is no JSON' };
  return { kind: 'ok', body, etag: headers.get('etag'), hasNext, date: Number.isNaN(date) ? now : date, ...heard };
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api: in this order. */
function limited(status: number, headers: Headers, text: string, now: number, heard: Heard): Answer {
  const retryAfter = wholeOrNull(headers.get('retry-after'));
  if (retryAfter !== null) return { kind: 'wait', until: now + retryAfter * 1000, status, ...heard };
  if (heard.rate?.remaining === 0) return { kind: 'wait', until: heard.rate.resetAt, status, ...heard };
  const message = messageOf(text);
  if (status === 429 || /rate limit|abuse/i.test(message)) return { kind: 'wait', until: null, status, ...heard };
  return { kind: 'refused', status, message, ...heard };
}

function rateOf(headers: Headers): Rate | null {
  const limit = wholeOrNull(headers.get('x-ratelimit-limit'));
  const remaining = wholeOrNull(headers.get('x-ratelimit-remaining'));
  const reset = wholeOrNull(headers.get('x-ratelimit-reset'));
  return limit === null || remaining === null || reset === null ? null : { limit, remaining, resetAt: reset * 1000 };
}
