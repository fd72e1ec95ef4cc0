import { clearTextProblem } from '../clear-text.ts';

export const KEY_VARIABLE = 'PAGERDUTY_ROUTING_KEY';

export const KEY = '^[A-Za-z0-9]{32}$';

/** What is wrong with an integration key, as a predicate that does not repeat it. Undefined: nothing. */
export function keyProblem(text: string): string | undefined {
  if (new RegExp(KEY).test(text)) return undefined;
  const what = /^https?:/i.test(text)
    ? 'is an address'
    : /^[\w+-]{20}$/.test(text)
      ? 'is a key of the REST API, which sends no events'
      : 'is no integration key';
  return `${what}: open the service → Integrations → Events API V2, and copy its Integration Key of 32 letters and digits.`;
}

/** The key of an orchestration takes alerts alone: https://developer.pagerduty.com/docs/events-api-v2-overview */
export function takesChanges(key: string): boolean {
  return !key.startsWith('R');
}

/** A key goes there. */
export function urlProblem(address: string): string | undefined {
  const url = URL.parse(address);
  return url === null ? undefined : clearTextProblem(url, /(?:^|\.)pagerduty\.com$/);
}
