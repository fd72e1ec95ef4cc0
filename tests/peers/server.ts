import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before } from 'node:test';
import type { EventSummary } from '../../src/model/inbox/records.ts';
import type { Inbox } from '../../src/model/inbox.ts';
import { configure, dataDir, drained, openInbox, records } from '../support/data-dir.ts';
import { beginInProcess } from '../support/in-process.ts';
import { type RunningTidings, ready } from '../support/tidings-process.ts';
import { KEYS, type Keys, type SourceName } from './keys.ts';
import type { Sent } from './sent.ts';

// One Tidings for all tests of this folder, with a source for each of them at once.

export const PUBLIC_URL = 'https://tidings.example.org';

let server: RunningTidings;
let inbox: Inbox;
let close: () => Promise<void>;

before(async () => {
  const dir = await dataDir();
  const sources = Object.entries<Keys>(KEYS).map(([name, { provider = name, secrets }]) => [
    name,
    { provider, secrets },
  ]);
  await configure(dir.path, { sources: Object.fromEntries(sources) });
  server = await beginInProcess(['start'], dir.path, { PUBLIC_URL, GITHUB_WEBHOOK_SECRET: undefined });
  close = async () => {
    await server.stop();
    await dir[Symbol.asyncDispose]();
  };
  await ready(server, 'healthz');
  inbox = await openInbox(dir.path);
});

after(async () => {
  await using _ = { [Symbol.asyncDispose]: close };
  await drained(inbox);
  const failed = (await records(inbox)).filter(({ state }) => state === 'failed');
  await inbox[Symbol.asyncDispose]();
  assert.deepEqual(
    failed.map(({ source, type, reason }) => [source, type, reason]),
    [],
    'what was stored was understood',
  );
});

/** What the provider calls, and what some of them sign. */
export function addressOf(source: SourceName, { query }: Pick<Sent, 'query'> = { query: '' }): string {
  return `${PUBLIC_URL}/webhooks/${source}${query === '' ? '' : `?${query}`}`;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Over a socket, as a provider does it; the address goes as it is, which `fetch` would spell anew. */
export function post(source: SourceName, sent: Sent): Promise<Answer> {
  return sendTo(server.port, source, sent);
}

export async function sendTo(port: number, source: string, { method, query, headers, body }: Sent): Promise<Answer> {
  const path = `/webhooks/${source}${query === '' ? '' : `?${query}`}`;
  const sent = request({ host: '127.0.0.1', port, path, method, headers }).end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, text: await text(answer) };
}

/** What it stored last. */
export async function newest(source: SourceName): Promise<EventSummary | undefined> {
  return (await inbox.list({ source, limit: 1 }))[0];
}
