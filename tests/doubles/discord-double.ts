import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { PATIENCE_MS } from '../support/patience.ts';
import { checkDiscord, type DiscordPayload, type DiscordRefusal, pingsOf } from './discord-rules.ts';
import { waitUntil } from './wait-until.ts';

export interface DiscordDoubleOptions {
  /** Five posts in two seconds, otherwise 429. Default true. */
  readonly enforceRate?: boolean;
  /** A forum takes posts only into a thread, given or new. Default false. */
  readonly isForum?: boolean;
}

/** A message as people see it now. */
export interface DiscordMessage {
  readonly id: string;
  /** Null: it stands in the webhook's channel. */
  readonly thread: string | null;
  payload: DiscordPayload;
  edits: number;
  /** Whom it called, by every post and edit. */
  readonly pings: string[];
}

export interface DiscordFailure {
  readonly status: number;
  readonly body?: string | object;
  readonly headers?: Readonly<Record<string, string>>;
}

type Plan = DiscordFailure | 'hang' | 'drop';

export interface DiscordDouble extends AsyncDisposable {
  readonly webhookUrl: string;
  readonly messages: readonly DiscordMessage[];
  /** Thread → its name. */
  readonly threads: ReadonlyMap<string, string>;
  /** What breaks a documented rule. */
  readonly violations: readonly string[];
  /** `POST 200`, in order. */
  readonly requests: readonly string[];
  /** The next posts and edits get these answers and do nothing; `hang` and `drop` do it, and answer nothing. */
  plan(...plans: readonly Plan[]): void;
  /** For good, as Discord does it. */
  deleteWebhook(): void;
  deleteMessage(id: string): void;
  deleteThread(id: string): void;
  /** Resolves when so many requests have been answered, or left without one. */
  waitFor(requests: number, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

export const DISCORD_TOKEN = 'aVerySecretTokenOfTests-0123456789_abcdefghijklmnopqrstuvwxyz-ABCDEF';
const WEBHOOK = { id: '1100000000000000001', channel: '1100000000000000002', guild: '1100000000000000003' };
const WINDOW = { posts: 5, ms: 2_000 };

const NO = {
  webhook: { status: 404, body: { code: 10015, message: 'Unknown Webhook' } },
  token: { status: 401, body: { code: 50027, message: 'Invalid Webhook Token' } },
  message: { status: 404, body: { code: 10008, message: 'Unknown Message' } },
  channel: { status: 404, body: { code: 10003, message: 'Unknown Channel' } },
  forum: {
    status: 400,
    body: { code: 220001, message: 'Webhooks posted to forum channels must have a thread_name or thread_id' },
  },
  both: {
    status: 400,
    body: { code: 220002, message: 'Webhooks posted to forum channels cannot have both a thread_name and thread_id' },
  },
  noForum: { status: 400, body: { code: 220003, message: 'Webhooks can only create threads in forum channels' } },
} as const satisfies Record<string, DiscordRefusal>;

/**
 * A server that holds senders to what Discord documents for webhooks (https://docs.discord.com/developers/resources/webhook): `wait`, a user
 * agent with a name, limits, mentions that are allowed one by one, the rate in headers and body, nothing after a 404.
 */
export async function startDiscordDouble(options: DiscordDoubleOptions = {}): Promise<DiscordDouble> {
  const { enforceRate = true, isForum = false } = options;
  const messages: DiscordMessage[] = [];
  const threads = new Map<string, string>();
  const violations: string[] = [];
  const requests: string[] = [];
  const plans: Plan[] = [];
  const posts: number[] = [];
  const watchers = new Set<() => void>();
  let lastId = 1_200_000_000_000_000_000n;
  let isDeleted = false;
  let wasTold = false;
  let restsUntil = 0;

  const newId = () => String(++lastId);

  /** The second request after a no that never changes, or within the time that a 429 gave. */
  function mayAsk(at: number): void {
    if (wasTold) violations.push('a request after the webhook was said to be gone');
    if (at < restsUntil) violations.push(`a request ${Math.round(restsUntil - at)} ms before the end of retry_after`);
  }

  function rate(at: number): DiscordFailure | Readonly<Record<string, string>> {
    while (posts[0] !== undefined && posts[0] <= at - WINDOW.ms) posts.shift();
    const left = Math.max(0, (posts[0] ?? at) + WINDOW.ms - at) / 1000;
    if (enforceRate && posts.length >= WINDOW.posts) {
      violations.push(`${posts.length + 1} posts within ${WINDOW.ms} ms`);
      restsUntil = at + left * 1000;
      return {
        status: 429,
        body: { message: 'You are being rate limited.', retry_after: left, global: false },
        headers: {
          'retry-after': String(Math.ceil(left)),
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset-after': String(left),
        },
      };
    }
    posts.push(at);
    return {
      'x-ratelimit-limit': String(WINDOW.posts),
      'x-ratelimit-remaining': String(enforceRate ? WINDOW.posts - posts.length : WINDOW.posts),
      'x-ratelimit-reset-after': String(WINDOW.ms / 1000),
      'x-ratelimit-bucket': 'a-bucket',
    };
  }

  function post(payload: DiscordPayload, thread: string | null): DiscordMessage | DiscordRefusal {
    const { thread_name: name } = payload;
    if (thread !== null && name !== undefined) return NO.both;
    if (thread !== null && !threads.has(thread)) return NO.channel;
    if (isForum && thread === null && name === undefined) return NO.forum;
    if (!isForum && name !== undefined) return NO.noForum;
    const id = newId();
    // The first message of a forum's thread has its id.
    if (name !== undefined) threads.set(id, name);
    const message = { id, thread: name === undefined ? thread : id, payload, edits: 0, pings: [...pingsOf(payload)] };
    messages.push(message);
    return message;
  }

  function edit(id: string, payload: DiscordPayload, thread: string | null): DiscordMessage | DiscordRefusal {
    const message = messages.find((each) => each.id === id && each.thread === thread);
    if (message === undefined) return NO.message;
    // Somebody who is named again is not called again.
    message.payload = payload;
    message.edits++;
    return message;
  }

  async function answerTo(incoming: IncomingMessage): Promise<DiscordFailure | 'hang' | 'drop'> {
    const at = performance.now();
    mayAsk(at);
    const url = new URL(incoming.url ?? '/', 'http://discord');
    const [, id, token, messageId] =
      /^\/api\/v10\/webhooks\/(\d+)\/([^/]+)(?:\/messages\/(\d+))?$/.exec(url.pathname) ?? [];
    const body = await readText(incoming);
    if (!/^\S+ \(\S+, \S+\)$/.test(incoming.headers['user-agent'] ?? '')) {
      violations.push(`user agent ${incoming.headers['user-agent']}`);
      return { status: 403, body: '<!DOCTYPE html><title>Access denied</title>' };
    }
    if (id === undefined) violations.push(`no path of API version 10: ${url.pathname}`);
    if (isDeleted || id !== WEBHOOK.id) return told(NO.webhook);
    if (token !== DISCORD_TOKEN) return told(NO.token);
    if (incoming.method === 'GET') return { status: 200, body: { ...shown(), token } };
    const plan = plans.shift();
    if (plan !== undefined && typeof plan === 'object') return plan;
    const kind = incoming.method === 'PATCH' ? 'edit' : 'post';
    const rated = rate(at);
    if ('status' in rated) return rated as DiscordFailure;
    const checked = checkDiscord(jsonIn(body), kind);
    if ('status' in checked) violations.push(`${kind}: ${JSON.stringify(checked.body)}`);
    if ('status' in checked) return checked;
    if (kind === 'post' && url.searchParams.get('wait') !== 'true') violations.push('a post without wait=true');
    const thread = url.searchParams.get('thread_id');
    const done = kind === 'edit' ? edit(messageId ?? '', checked, thread) : post(checked, thread);
    if (plan !== undefined) return plan;
    if ('status' in done) return done;
    return { status: 200, body: messageBody(done), headers: rated };
  }

  function told(refusal: DiscordRefusal): DiscordRefusal {
    wasTold = true;
    return refusal;
  }

  const server = createServer((incoming, response) => {
    answerTo(incoming).then(
      (answer) => {
        requests.push(`${incoming.method} ${typeof answer === 'string' ? answer : answer.status}`);
        if (answer === 'drop') response.destroy();
        else if (answer !== 'hang') send(response, answer);
        for (const look of watchers) look();
      },
      // A sender that breaks off in mid-body has posted nothing.
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return closing;
  };
  const without = (gone: (message: DiscordMessage) => boolean) => {
    messages.splice(0, messages.length, ...messages.filter((message) => !gone(message)));
  };
  return {
    webhookUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/webhooks/${WEBHOOK.id}/${DISCORD_TOKEN}`,
    messages,
    threads,
    violations,
    requests,
    plan: (...next) => void plans.push(...next),
    deleteWebhook: () => void (isDeleted = true),
    deleteMessage: (id) => without((message) => message.id === id),
    deleteThread: (id) => {
      threads.delete(id);
      without(({ thread }) => thread === id);
    },
    waitFor: (count, timeoutMs = PATIENCE_MS) =>
      waitUntil(
        () => requests.length >= count,
        watchers,
        timeoutMs,
        () => requests,
      ),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function shown() {
  return {
    id: WEBHOOK.id,
    type: 1,
    guild_id: WEBHOOK.guild,
    channel_id: WEBHOOK.channel,
    name: 'Captain Hook',
    avatar: null,
  };
}

function messageBody({ id, thread, payload }: DiscordMessage): object {
  const { content = '', embeds = [] } = payload;
  return { id, channel_id: thread ?? WEBHOOK.channel, webhook_id: WEBHOOK.id, type: 0, content, embeds };
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status, body = {}, headers = {} }: DiscordFailure): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}
