import type { IncomingMessage } from 'node:http';
import type { Method } from './call.ts';

export interface Arguments {
  readonly args: Readonly<Record<string, unknown>>;
  readonly warning: string | null;
}

/** JSON where the method takes it, with a charset; else a form or a query. A text: the error. */
export function argumentsOf(
  { takesJson = false }: Method,
  { headers, method: verb }: IncomingMessage,
  url: URL,
  body: string,
): Arguments | string {
  const query = Object.fromEntries(url.searchParams);
  const type = headers['content-type'] ?? '';
  // By GET everything would stand in logs on the way.
  if (verb === 'GET')
    return takesJson && Object.keys(query).length > 0 ? 'invalid_post_type' : { args: query, warning: null };
  if (body === '' && type === '') return { args: query, warning: null };
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { args: { ...query, ...Object.fromEntries(new URLSearchParams(body)) }, warning: null };
  }
  // Methods that only read do not take JSON: what is in it is not seen.
  if (!takesJson) return { args: query, warning: null };
  if (!type.startsWith('application/json')) return type === '' ? 'missing_post_type' : 'invalid_post_type';
  try {
    const args: unknown = JSON.parse(body);
    if (typeof args !== 'object' || args === null) return 'json_not_object';
    return { args: args as Record<string, unknown>, warning: /charset=utf-8/i.test(type) ? null : 'missing_charset' };
  } catch {
    return 'invalid_json';
  }
}
