import { STATUS_CODES } from 'node:http';
import { withoutPrefix } from './door/prefix.ts';

/** One webhook request that came in one piece. */
export interface WholeRequest {
  /** Path, without a query. */
  readonly url: string;
  /** By name in lower case; none came twice. */
  readonly headers: Readonly<Record<string, string>>;
  /** The connection's address. */
  readonly from: string | undefined;
  readonly body: Buffer;
}

/** What it is answered. `headers`: names and values in turn. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

/** Nothing in it has two readings: no query, no folding, no white space but one after a colon, nothing beyond ASCII. */
const HEAD = /^POST (\/[\w.~/-]+) HTTP\/1\.1(?:\r\n[\w-]+: [!-~](?:[ -~]*[!-~])?)+$/;
const WEBHOOK = /^\/webhooks\/./;
const MAX_HEAD = 8 * 1024;
const MAX_HEADERS = 64;
/** What changes how a request is read or answered. */
const SPECIAL = new Set(['connection', 'transfer-encoding', 'expect', 'upgrade', 'trailer', 'te', 'http2-settings']);

/** Null: it is not a request that is all there and ends with the piece, or one that only node:http should read. */
export function wholeRequest(piece: Buffer, prefix = ''): Omit<WholeRequest, 'from'> | null {
  const end = piece.indexOf('\r\n\r\n');
  if (end < 0 || end > MAX_HEAD) return null;
  const head = piece.toString('latin1', 0, end);
  const called = HEAD.exec(head)?.[1];
  if (called === undefined) return null;
  const url = withoutPrefix(called, prefix);
  if (!WEBHOOK.test(url)) return null;
  const headers = headersIn(head);
  const body = piece.subarray(end + 4);
  if (headers?.['host'] === undefined || headers['content-length'] !== String(body.length)) return null;
  return { url, headers, body };
}

function headersIn(head: string): Record<string, string> | null {
  const lines = head.split('\r\n');
  if (lines.length > MAX_HEADERS) return null;
  const headers: Record<string, string> = {};
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] as string;
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    // Also what every object has, such as `constructor`.
    if (headers[name] !== undefined) return null;
    const value = line.slice(colon + 2);
    if (SPECIAL.has(name) && !(name === 'connection' && value.toLowerCase() === 'keep-alive')) return null;
    headers[name] = value;
  }
  return headers;
}

/** As node:http would write it. */
export function answerText({ status, headers, body }: WholeAnswer, date: string, keepAliveMs: number | null): string {
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
  for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
  const kept = keepAliveMs === null ? 'close' : `keep-alive\r\nKeep-Alive: timeout=${Math.floor(keepAliveMs / 1000)}`;
  return `${text}Date: ${date}\r\nConnection: ${kept}\r\n\r\n${body}`;
}
