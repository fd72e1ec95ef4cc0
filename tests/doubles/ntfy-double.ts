import type { PushDouble } from './push-double.ts';
import { startPushDouble } from './push-double.ts';

export const NTFY_TOPIC = 'acme-x7f3qk-of-nobody';
export const NTFY_TOKEN = 'tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2';

const KEYS = new Set(['topic', 'title', 'message', 'priority', 'click']);

/** As far as https://docs.ntfy.sh/publish/ and server/errors.go say what it does. `isOpen`: anybody may post. */
export function startNtfyDouble({ isOpen = false } = {}): Promise<PushDouble> {
  return startPushDouble({
    path: `/${NTFY_TOPIC}`,
    answer({ method, path, headers, body }) {
      const { authorization } = headers;
      const isKnown = authorization === `Bearer ${NTFY_TOKEN}`;
      if (authorization !== undefined && !isKnown) return no(401, 40101, 'unauthorized');
      if (method === 'GET' && path === '/v1/health') return { status: 200, body: { healthy: true } };
      if (method === 'GET' && path === '/v1/account')
        return { status: 200, body: { username: isKnown ? 'mona' : '*' } };
      // A body that is posted to a topic would be told as it is, braces and all.
      if (method !== 'POST' || path !== '/') return no(404, 40401, 'page not found');
      if (Buffer.byteLength(body) > 8_192) return no(413, 41303, 'JSON body too large');
      const message = read(body);
      if (message === null) return no(400, 40017, 'invalid request: request body must be message JSON');
      if (!/^[-_A-Za-z0-9]{1,64}$/.test(String(message['topic'])))
        return no(400, 40009, 'invalid request: topic invalid');
      if (!isKnown && !isOpen) return no(403, 40301, 'forbidden');
      return { status: 200, body: { id: 'sPs71M8A2T', event: 'message', ...message }, told: message };
    },
    faultsOf: ({ topic, title, message, priority, click, ...others }) => [
      ...Object.keys(others).map((key) => `${key} is new`),
      ...(topic === NTFY_TOPIC ? [] : ['another topic']),
      ...(typeof title === 'string' && title.length > 0 && !title.includes('\n') ? [] : ['no title of one line']),
      ...(typeof message === 'string' && message !== '' && Buffer.byteLength(message) <= 4_096
        ? []
        : ['becomes a file']),
      ...([1, 2, 3, 4, 5].includes(Number(priority)) ? [] : [`priority ${String(priority)}`]),
      ...(click === undefined || (typeof click === 'string' && /^https?:\/\//.test(click))
        ? []
        : ['a tap does something']),
    ],
  });
}

function read(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const message = JSON.parse(body) as Readonly<Record<string, unknown>>;
    return Object.keys(message).every((key) => KEYS.has(key)) ? message : null;
  } catch {
    return null;
  }
}

function no(http: number, code: number, error: string) {
  return { status: http, body: { code, http, error, link: 'https://ntfy.sh/docs/publish/' } };
}
