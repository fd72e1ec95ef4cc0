import { createHmac } from 'node:crypto';
import { request, STATUS_CODES } from 'node:http';
import type { HookSpec } from './github-hook-settings.ts';

/** What the receiver answered, as GitHub records it. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
}

export interface Posted {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The request that GitHub makes for one event: JSON or a form, signed where a secret is set. */
export function posted(hook: HookSpec, type: string, guid: string, payload: unknown): Posted {
  const json = JSON.stringify(payload);
  const isForm = hook.contentType === 'form';
  const body = Buffer.from(isForm ? new URLSearchParams({ payload: json }).toString() : json);
  const sign = (kind: string) => `${kind}=${createHmac(kind, hook.secret).update(body).digest('hex')}`;
  const headers = {
    Accept: '*/*',
    'User-Agent': 'GitHub-Hookshot/044aadd',
    'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
    'X-GitHub-Delivery': guid,
    'X-GitHub-Event': type,
    'X-GitHub-Hook-ID': String(hook.id),
    ...(hook.secret === '' ? {} : { 'X-Hub-Signature': sign('sha1'), 'X-Hub-Signature-256': sign('sha256') }),
  };
  return { headers, body };
}

/** Null: nobody answered, as at every public address that leads nowhere in a test. */
export function post(url: string, { headers, body }: Posted): Promise<Answered | null> {
  if (url.startsWith('https:')) return Promise.resolve(null);
  return new Promise((resolve) => {
    const outgoing = request(
      url,
      { method: 'POST', headers: { ...headers, 'content-length': body.length } },
      (response) => {
        let payload = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          payload += chunk;
        });
        response.on('end', () => {
          const entries = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
          resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(entries), payload });
        });
      },
    );
    outgoing.on('error', () => resolve(null)).end(body);
  });
}

export function statusWords(status: number): string {
  return status < 300 ? 'OK' : (STATUS_CODES[status] ?? 'Invalid HTTP Response');
}
