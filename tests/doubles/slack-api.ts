import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { PATIENCE_MS } from '../support/patience.ts';
import { checkMessage, type SlackPayload } from './slack-rules.ts';
import { waitUntil } from './wait-until.ts';

export interface ApiChannel {
  /** Such as C0000001. */
  readonly id: string;
  /** Without `#`. */
  readonly name: string;
  readonly isPrivate?: boolean;
  /** The bot is in it. Default true. */
  readonly isMember?: boolean;
  readonly isArchived?: boolean;
}

export interface SlackApiOptions {
  readonly token?: string;
  readonly scopes?: readonly string[];
  readonly team?: string;
  /** The bot's name. */
  readonly user?: string;
  readonly channels?: readonly ApiChannel[];
  /** Most channels in one page, whatever the caller's `limit`: Slack may give fewer than were asked for. */
  readonly pageSize?: number;
  /** Least spacing in one channel, ms. Default 1,000. */
  readonly intervalMs?: number;
}

/** A message that Slack would have shown. */
export interface PostedMessage {
  /** The id. */
  readonly channel: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
  readonly payload: SlackPayload;
  /** `ts` of the message below which it is shown; its own where it stands in the channel. */
  readonly root: string;
}

export interface ApiFailure {
  /** Default 200, as Slack's errors mostly have. */
  readonly status?: number;
  readonly error: string;
  readonly needed?: string;
  readonly provided?: string;
  readonly retryAfter?: number;
}

export interface SlackApiDouble extends AsyncDisposable {
  /** What SLACK_API_URL is set to. */
  readonly url: string;
  readonly token: string;
  readonly messages: readonly PostedMessage[];
  /** What breaks a documented rule: a missing token, a wrong content type, a message too early. */
  readonly violations: readonly string[];
  /** Names of the methods called, in order. */
  readonly calls: readonly string[];
  /** The next `count` calls of a method get this answer and do nothing. */
  failNext(method: string, failure: ApiFailure, count?: number): void;
  /** Somebody deletes a message. */
  remove(ts: string): void;
  waitFor(count: number, timeoutMs?: number): Promise<readonly PostedMessage[]>;
  close(): Promise<void>;
}

export const ALL_SCOPES = ['chat:write', 'chat:write.public', 'channels:read', 'groups:read'] as const;
export const BOT_TOKEN = 'xoxb-1111-2222-aVerySecretTokenOfTests';
const RATE_MS = 1000;
const TOLERANCE_MS = 5;

interface Call {
  readonly args: Readonly<Record<string, unknown>>;
  readonly at: number;
}

type Answer = Readonly<Record<string, unknown>> & { readonly ok: boolean };
type Said = Answer & { readonly status?: number; readonly retryAfter?: number };

const no = (error: string, more: object = {}): Said => ({ ok: false, error, ...more });

/**
 * A server that holds callers to what Slack documents for its Web API (https://docs.slack.dev/apis/web-api): a bearer
 * token, arguments as a form, a query, or (writing methods only) JSON; errors with 200 and `"ok":false`; cursors; scopes.
 */
export async function startSlackApi(options: SlackApiOptions = {}): Promise<SlackApiDouble> {
  const { token = BOT_TOKEN, scopes = ALL_SCOPES, team = 'Acme', user = 'tidings', pageSize = 1000 } = options;
  const channels = options.channels ?? [{ id: 'C0000001', name: 'releases' }];
  const messages: PostedMessage[] = [];
  const violations: string[] = [];
  const calls: string[] = [];
  const failures = new Map<string, ApiFailure[]>();
  const lastPost = new Map<string, number>();
  const stands = new Set<string>();
  const watchers = new Set<() => void>();
  const needs = (...wanted: readonly string[]) => {
    const needed = wanted.filter((scope) => !scopes.includes(scope)).join(',');
    return needed === '' ? null : no('missing_scope', { needed, provided: scopes.join(',') });
  };

  const methods: Readonly<Record<string, (call: Call) => Said>> = {
    'auth.test': () => ({
      ok: true,
      url: 'https://acme.slack.com/',
      team,
      user,
      team_id: 'T0000001',
      user_id: 'U0000001',
      bot_id: 'B0000001',
    }),
    'conversations.list': ({ args }) => {
      const limit = Number(args['limit'] ?? 100);
      if (!Number.isInteger(limit) || limit < 1 || limit > 1000) return no('invalid_limit');
      const types = textOf(args['types'], 'public_channel').split(',');
      if (types.some((type) => !['public_channel', 'private_channel', 'mpim', 'im'].includes(type))) {
        return no('invalid_types');
      }
      const missing = needs(
        ...(types.includes('public_channel') ? ['channels:read'] : []),
        ...(types.includes('private_channel') ? ['groups:read'] : []),
      );
      if (missing) return missing;
      const start = args['cursor'] ? Number(Buffer.from(textOf(args['cursor']), 'base64').toString()) : 0;
      if (Number.isNaN(start)) return no('invalid_cursor');
      const wanted = visible(channels).filter(
        (each) =>
          types.includes(each.isPrivate ? 'private_channel' : 'public_channel') &&
          !(each.isArchived && String(args['exclude_archived']) === 'true'),
      );
      const end = start + Math.min(limit, pageSize);
      const next = end < wanted.length ? Buffer.from(String(end)).toString('base64') : '';
      return { ok: true, channels: wanted.slice(start, end).map(shown), response_metadata: { next_cursor: next } };
    },
    'conversations.info': ({ args }) => {
      // Ids only: a name is not looked up.
      const channel = visible(channels).find(({ id }) => id === args['channel']);
      if (!channel) return no('channel_not_found');
      const missing = needs(channel.isPrivate ? 'groups:read' : 'channels:read');
      return missing ?? { ok: true, channel: shown(channel) };
    },
    'chat.postMessage': ({ args: { channel: name, thread_ts: below, ...message }, at }) => {
      const missing = needs('chat:write');
      if (missing) return missing;
      const channel = visible(channels).find((each) => [each.id, each.name, `#${each.name}`].includes(String(name)));
      if (!channel) return no('channel_not_found');
      if (channel.isArchived) return no('is_archived');
      if (channel.isMember === false && !scopes.includes('chat:write.public')) return no('not_in_channel');
      const checked = checkMessage(message);
      if ('why' in checked) {
        violations.push(`chat.postMessage: ${checked.why}`);
        return no(checked.body);
      }
      const spacing = at - (lastPost.get(channel.id) ?? Number.NEGATIVE_INFINITY);
      if (spacing < (options.intervalMs ?? RATE_MS) - TOLERANCE_MS) {
        violations.push(`chat.postMessage: ${spacing.toFixed(1)} ms after the message before`);
        return no('ratelimited', { status: 429, retryAfter: 1 });
      }
      lastPost.set(channel.id, at);
      const ts = `${Math.floor(at / 1000)}.${String(messages.length + 1).padStart(6, '0')}`;
      // Below what is gone it is shown in the channel, and nobody is told: https://github.com/slack-go/slack/issues/1571
      const isBelow = typeof below === 'string' && stands.has(below);
      if (!isBelow) stands.add(ts);
      const root = isBelow ? below : ts;
      messages.push({ channel: channel.id, at, text: checked.text ?? '', payload: checked, root });
      const posted = { type: 'message', text: checked.text, ...(isBelow && { thread_ts: below }) };
      return { ok: true, channel: channel.id, ts, message: posted };
    },
  };

  async function answerTo(incoming: IncomingMessage, at: number): Promise<Said> {
    const url = new URL(incoming.url ?? '/', 'http://slack');
    const method = url.pathname.replace(/^\/api\//, '');
    const body = await readText(incoming);
    calls.push(method);
    const run = methods[method];
    if (!run) return no('unknown_method', { req_method: method });
    const failure = failures.get(method)?.shift();
    if (failure) return { ok: false, ...failure };
    const given = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1];
    if (given === undefined) {
      violations.push(`${method}: no bearer token`);
      return no('not_authed');
    }
    if (given !== token) return no('invalid_auth');
    const read = argumentsOf(method, incoming, url, body);
    if (typeof read === 'string') {
      violations.push(`${method}: ${read}`);
      return no(read);
    }
    const { warning, args } = read;
    if (warning !== null) violations.push(`${method}: ${warning}`);
    const said = run({ args, at });
    return warning === null ? said : { ...said, warning, response_metadata: { warnings: [warning] } };
  }

  const server = createServer((incoming, response) => {
    const at = performance.timeOrigin + performance.now();
    answerTo(incoming, at).then(
      (said) => {
        send(response, said, scopes);
        for (const look of watchers) look();
      },
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
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    token,
    messages,
    violations,
    calls,
    remove: (ts) => void stands.delete(ts),
    failNext: (method, failure, count = 1) => {
      failures.set(method, [...(failures.get(method) ?? []), ...Array.from({ length: count }, () => failure)]);
    },
    waitFor: async (count, timeoutMs = PATIENCE_MS) => {
      await waitUntil(
        () => messages.length >= count,
        watchers,
        timeoutMs,
        () => calls,
      );
      return messages;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function textOf(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise;
}

/** A private channel that the bot is not in does not exist for it. */
function visible(channels: readonly ApiChannel[]): readonly ApiChannel[] {
  return channels.filter(({ isPrivate, isMember }) => !isPrivate || isMember !== false);
}

function shown({ id, name, isPrivate = false, isMember = true, isArchived = false }: ApiChannel): object {
  return { id, name, is_channel: true, is_private: isPrivate, is_member: isMember, is_archived: isArchived };
}

/** JSON where the method takes it, with a charset; else a form or a query. */
function argumentsOf(
  method: string,
  { headers, method: verb }: IncomingMessage,
  url: URL,
  body: string,
): { readonly args: Readonly<Record<string, unknown>>; readonly warning: string | null } | string {
  const query = Object.fromEntries(url.searchParams);
  const type = headers['content-type'] ?? '';
  if (verb === 'GET') return method === 'chat.postMessage' ? 'invalid_post_type' : { args: query, warning: null };
  if (body === '' && type === '') return { args: query, warning: null };
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { args: { ...query, ...Object.fromEntries(new URLSearchParams(body)) }, warning: null };
  }
  // Methods that only read do not take JSON: what is in it is not seen.
  if (method.startsWith('conversations.')) return { args: query, warning: null };
  if (!type.startsWith('application/json')) return type === '' ? 'missing_post_type' : 'invalid_post_type';
  try {
    const args: unknown = JSON.parse(body);
    if (typeof args !== 'object' || args === null) return 'json_not_object';
    return { args: args as Record<string, unknown>, warning: /charset=utf-8/i.test(type) ? null : 'missing_charset' };
  } catch {
    return 'invalid_json';
  }
}

function send(response: ServerResponse, { status = 200, retryAfter, ...said }: Said, scopes: readonly string[]): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
  if (said.ok || said['error'] === 'missing_scope') response.setHeader('x-oauth-scopes', scopes.join(','));
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(said));
}
