import type { Caller } from '../api/route.ts';
import type { Line } from '../line.ts';
import type { V1Answer, Visit } from '../visit.ts';
import type { Guest } from './door.ts';
import { isSameText } from './tokens.ts';

export type AskV1 = (request: Request, caller: Caller, line?: Line) => Promise<Response>;

export function visitOf(guest: Guest, prefix: string, askV1: AskV1): Visit {
  const { caller, csrf, by } = guest;
  return {
    caller,
    ask: (method, path, body, headers = {}) => {
      const url = new URL(`/api/v1${path}`, 'http://localhost');
      const init = body === undefined ? {} : { body: JSON.stringify(body) };
      return answered(askV1(new Request(url, { method, headers: { ...headers }, ...init }), caller));
    },
    base: prefix,
    get csrf() {
      return csrf();
    },
    isGenuine: (given) => by === 'token' || isSameText(given, csrf()),
    hasSession: by === 'session',
  };
}

/** For what whoever was not let in sees: style sheets, and the form. */
export function visitOfNobody(prefix: string): Visit {
  const error = { code: 'token_needed', message: 'Nobody is logged in.' };
  return {
    caller: { role: 'viewer', who: 'nobody', from: 'unknown' },
    ask: async () => ({ status: 401, body: { error } }),
    base: prefix,
    csrf: '',
    isGenuine: () => false,
    hasSession: false,
  };
}

async function answered(response: Promise<Response>): Promise<V1Answer> {
  const { status, text } = await response.then(async (each) => ({ status: each.status, text: await each.text() }));
  return { status, body: text === '' ? null : JSON.parse(text) };
}
