import { createHmac, randomUUID } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';
import { createRequire } from 'node:module';
import { SECRET } from './tidings-process.ts';

export interface Delivery {
  readonly type: string;
  readonly body: Buffer;
  readonly guid: string;
  readonly hookId?: string | undefined;
  readonly secret?: string | undefined;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly status?: string; readonly id?: number; readonly error?: { readonly code: string } };
}

export function delivery(type: string, payload: unknown, fields: Partial<Delivery> = {}): Delivery {
  return { type, body: Buffer.from(JSON.stringify(payload)), guid: randomUUID(), ...fields };
}

export function headersOf({ type, body, guid, hookId, secret = SECRET }: Delivery): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-event': type,
    'x-github-delivery': guid,
    ...(hookId === undefined ? {} : { 'x-github-hook-id': hookId }),
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
}

/** Posts as GitHub does. Rejects when the connection breaks: then nobody knows whether it was accepted. */
export function deliver(
  url: string,
  sent: Delivery,
  headers: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${url}/webhooks/github`,
      {
        method: 'POST',
        headers: { ...headersOf(sent), 'content-length': sent.body.length, ...headers },
        ...(signal && { signal }),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: JSON.parse(text) }),
        );
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject).end(sent.body);
  });
}

interface ExampleGroup {
  readonly name: string;
  readonly examples: readonly unknown[];
}

/** GitHub's own published example payloads: 329 of them. */
export function octokitExamples(): { readonly type: string; readonly payload: unknown }[] {
  const groups: readonly ExampleGroup[] = createRequire(import.meta.url)('@octokit/webhooks-examples');
  return groups.flatMap(({ name, examples }) => examples.map((payload) => ({ type: name, payload })));
}
