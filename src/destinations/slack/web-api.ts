import { type OutboundResult, request } from '../../shared/outbound.ts';
import type { Secret } from '../../shared/secret.ts';
import { quoted } from '../../text/plain.ts';
import { retryAfterMs } from '../retry-after.ts';
import { foreignAnswer } from './foreign-answer.ts';

/** Without a charset the Web API answers with the warning `missing_charset` (https://docs.slack.dev/apis/web-api#json). */
export const JSON_BODY = { 'content-type': 'application/json; charset=utf-8' } as const;

export function bearer(token: Secret): { readonly authorization: string } {
  return { authorization: `Bearer ${token.reveal()}` };
}

/** What Slack said no with. `needed` and `provided`: the scopes, beside `missing_scope`. */
export interface ApiRefusal {
  readonly code: string;
  readonly needed: string | null;
  readonly provided: string | null;
}

/**
 * ok       `data` is the whole answer
 * refused  the answer will be the same until somebody mends something
 * later    Slack is busy or ill
 * unreachable, lost: as in outbound.ts
 */
export type ApiAnswer =
  | { readonly kind: 'ok'; readonly data: Readonly<Record<string, unknown>>; readonly headers: Headers }
  | { readonly kind: 'refused'; readonly refusal: ApiRefusal }
  | { readonly kind: 'later'; readonly reason: string; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'unreachable' | 'lost'; readonly reason: string };

/**
 * Errors that are Slack's own and pass. Of some of them Slack says that part of the operation may have succeeded
 * (https://docs.slack.dev/reference/methods/chat.postMessage#errors): twice is better than never.
 */
const PASSING = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/** Reads what a Web API method answered: mostly 200 with `{"ok":false,"error":…}` where something is wrong. */
export function readAnswer(result: OutboundResult, now: number): ApiAnswer {
  if (result.kind !== 'answered') return { kind: result.kind, reason: result.reason };
  const { status, headers, text } = result;
  const data = parsed(text);
  const code = typeof data?.['error'] === 'string' ? shortLine(data['error']) : '';
  const said = `${status} ${code || (data ? '' : shortLine(text))}`.trim();
  const later = (reason: string): ApiAnswer => ({
    kind: 'later',
    reason,
    retryAfterMs: retryAfterMs(headers.get('retry-after'), now),
  });
  if (status === 429 || code === 'ratelimited' || code === 'rate_limited')
    return later(`Slack asks to slow down (${said})`);
  if (status >= 500 || status === 408 || PASSING.has(code)) return later(`Slack has a problem (${said})`);
  if (data?.['ok'] === true) return { kind: 'ok', data, headers };
  if (status >= 300 && status < 400)
    return { kind: 'refused', refusal: { code: 'redirect', needed: null, provided: null } };
  const foreign = data === null ? foreignAnswer(result, 'SLACK_API_URL') : null;
  if (foreign !== null) return later(foreign);
  const scopes = (name: string) => (typeof data?.[name] === 'string' ? shortLine(data[name]) : null);
  const refusal = { code: code || said, needed: scopes('needed'), provided: scopes('provided') };
  return { kind: 'refused', refusal };
}

interface Call {
  readonly apiUrl: string;
  readonly token: Secret;
  readonly method: string;
  /** Asked by GET with these; without them by POST. Not every reading method takes JSON. */
  readonly query?: Readonly<Record<string, string>>;
  /** A JSON body, for methods that write. */
  readonly body?: object;
  readonly signal?: AbortSignal | undefined;
  readonly now: number;
}

const TIMEOUT_MS = 10_000;
/** A page of 200 channels is about 200 kB. */
const ANSWER_LIMIT = 4 * 1024 * 1024;

export async function call({ apiUrl, token, method, query, body, signal, now }: Call): Promise<ApiAnswer> {
  const result = await request({
    method: query ? 'GET' : 'POST',
    url: `${apiUrl}/${method}${query ? `?${new URLSearchParams(query).toString()}` : ''}`,
    headers: { ...bearer(token), ...(body ? JSON_BODY : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
    timeoutMs: TIMEOUT_MS,
    answerLimit: ANSWER_LIMIT,
    signal,
  });
  return readAnswer(result, now);
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null && 'ok' in data ? { ...data } : null;
  } catch {
    return null;
  }
}

function shortLine(text: string): string {
  return quoted(text, 120);
}
