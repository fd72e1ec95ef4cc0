import type { OutboundResult } from '../../shared/outbound.ts';
import { quoted } from '../../text/plain.ts';
import { isPage, objectIn } from '../answer-text.ts';
import { retryAfterMs } from '../retry-after.ts';

/**
 * ok       `data` is the whole answer, empty where the server waits for nothing (204); for `restMs` any request more would be one
 *          too many
 * refused  the answer will be the same until somebody mends something; `code` 0: it says none
 * later    Discord, or what stands before it, cannot now
 */
export type WebhookAnswer =
  | { readonly kind: 'ok'; readonly status: number; readonly data: Data; readonly restMs: number }
  | { readonly kind: 'refused'; readonly status: number; readonly code: number; readonly detail: string }
  | { readonly kind: 'later'; readonly reason: string; readonly retryAfterMs: number | undefined }
  | { readonly kind: 'unreachable' | 'lost'; readonly reason: string };

export type Data = Readonly<Record<string, unknown>>;

/** Codes of troubles that pass, whatever the status: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const PASSING = new Set([20028, 20029, 40004, 40062, 40333, 130000]);
const BUSY = new Set([408, 425, 429]);

/** Cloudflare, which stands before Discord, shuts addresses out for minutes to hours, and asking on makes it longer. */
const SHUT_OUT_MS = 10 * 60_000;

/** What a webhook answered to a post, an edit or a question. `now`: ms since 1970. */
export function readAnswer(result: OutboundResult, now: number): WebhookAnswer {
  if (result.kind !== 'answered') return result;
  const { status, headers, text } = result;
  const data = objectIn(text);
  const code = typeof data?.['code'] === 'number' ? data['code'] : 0;
  const said = saidBy(status, code, data, text);
  const wait = waitMs(headers, data, now);
  if (status === 204) return { kind: 'ok', status, data: {}, restMs: 0 };
  if (status >= 200 && status < 300 && data !== null && code === 0)
    return { kind: 'ok', status, data, restMs: restMs(headers) };
  if (status === 429) return { kind: 'later', reason: `Discord asks to slow down (${said})`, retryAfterMs: wait };
  if (BUSY.has(status) || status >= 500 || PASSING.has(code)) {
    return { kind: 'later', reason: `Discord has a problem (${said})`, retryAfterMs: wait };
  }
  const isElsewhere = status >= 300 && status < 400;
  if (data === null && !isElsewhere && (status < 300 || isPage(text))) {
    const reason = `answered ${status} with ${isPage(text) ? 'an HTML page' : `"${quoted(text, 60)}"`}, not as Discord does; check webhook_url`;
    return { kind: 'later', reason, retryAfterMs: status === 403 ? (wait ?? SHUT_OUT_MS) : wait };
  }
  return { kind: 'refused', status, code, detail: said };
}

function saidBy(status: number, code: number, data: Data | null, text: string): string {
  const message = data === null ? text : [messageIn(data), firstError(data['errors'])].join(' ');
  return [status, code || '', isPage(text) ? '' : quoted(message, 200)].filter((part) => part !== '').join(' ');
}

function messageIn(data: Data | undefined): string {
  const message = data?.['message'];
  return typeof message === 'string' ? message : '';
}

/** `embeds.0.title: Must be 256 or fewer in length.`; '' where nothing is named. */
function firstError(errors: unknown, path = ''): string {
  if (typeof errors !== 'object' || errors === null) return '';
  for (const [key, below] of Object.entries(errors)) {
    if (key !== '_errors') return firstError(below, path === '' ? key : `${path}.${key}`);
    const [first] = Array.isArray(below) ? (below as readonly Data[]) : [];
    return `${path}: ${messageIn(first)}`;
  }
  return '';
}

/** The longer of what header and body say: the body's seconds have decimals, the header's are whole. */
function waitMs(headers: Headers, data: Data | null, now: number): number | undefined {
  const inBody = data?.['retry_after'];
  const said = [
    retryAfterMs(headers.get('retry-after'), now),
    typeof inBody === 'number' ? retryAfterMs(String(inBody), now) : undefined,
  ].filter((ms) => ms !== undefined);
  if (said.length > 0) return Math.max(...said);
  return retryAfterMs(headers.get('x-ratelimit-reset-after'), now);
}

/** https://docs.discord.com/developers/topics/rate-limits#header-format */
function restMs(headers: Headers): number {
  if (headers.get('x-ratelimit-remaining') !== '0') return 0;
  return retryAfterMs(headers.get('x-ratelimit-reset-after'), 0) ?? 0;
}
