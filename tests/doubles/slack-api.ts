import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { argumentsOf } from './slack/arguments.ts';
import { type App, type Method, no, type Said } from './slack/call.ts';
import { CHAT } from './slack/chat.ts';
import { CONVERSATIONS } from './slack/conversations.ts';
import { Deliveries } from './slack/deliveries.ts';
import { type EventsTarget, overHttp } from './slack/http-events.ts';
import { type Limited, Limits } from './slack/limits.ts';
import { type ApiFailure, breakOff, type Held, type Moment, type Plan, Plans } from './slack/lost-answers.ts';
import { OTHERS } from './slack/other-methods.ts';
import { People } from './slack/people.ts';
import { postMessage } from './slack/post-message.ts';
import { respond } from './slack/response-url.ts';
import { type Connection, SocketMode } from './slack/socket-mode.ts';
import { type ApiChannel, type ApiUser, Workspace } from './slack/workspace.ts';
import type { SlackPayload } from './slack-rules.ts';
import { waitUntil } from './wait-until.ts';

export type { ApiChannel } from './slack/workspace.ts';

export interface SlackApiOptions {
  readonly token?: string;
  readonly scopes?: readonly string[];
  /** Of the app-level token. Default: `connections:write`. */
  readonly appScopes?: readonly string[];
  readonly team?: string;
  /** The bot's name. */
  readonly user?: string;
  readonly channels?: readonly ApiChannel[];
  readonly users?: readonly ApiUser[];
  /** Of the first app: people may write to it; it has a Home. Default true. */
  readonly hasMessagesTab?: boolean;
  readonly hasHomeTab?: boolean;
  /** Most in one page, whatever the caller's `limit`: Slack may give fewer than were asked for. */
  readonly pageSize?: number;
  /** Least spacing in one channel, ms. Default 1,000. 0: none, nor limits a minute. */
  readonly intervalMs?: number;
  /** How long messages may be edited, ms. Default: always. */
  readonly editWindowMs?: number;
  /** What limits, triggers, retries and connections are measured by. Default: the machine's. */
  readonly clock?: Clock;
  /** Where events go by HTTP. Default: through Socket Mode. */
  readonly target?: EventsTarget;
  /** Types of events that the app has subscribed to. Default: all. */
  readonly subscribed?: readonly string[];
  /** Which of the open connections gets the next envelope. Default: in turn. */
  readonly pick?: (open: readonly Connection[]) => Connection | undefined;
}

/** A message that Slack would have shown, as it was posted. */
export interface PostedMessage {
  /** The id. */
  readonly channel: string;
  readonly ts: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
  readonly payload: SlackPayload;
  /** `ts` of the message below which it is shown; its own where it stands in the channel. */
  readonly root: string;
}

export interface SlackApiDouble extends AsyncDisposable {
  /** What SLACK_API_URL is set to. */
  readonly url: string;
  readonly token: string;
  /** For Socket Mode. */
  readonly appToken: string;
  /** Of another app in the workspace, with all scopes. */
  readonly otherToken: string;
  /** All that was posted by chat.postMessage, in order. */
  readonly messages: readonly PostedMessage[];
  /** What breaks a documented rule: a missing token, a wrong content type, a message too early. */
  readonly violations: readonly string[];
  /** Names of the methods called, in order. */
  readonly calls: readonly string[];
  /** The calls that were answered 429. One more before its pause is over is a violation. */
  readonly limited: readonly Limited[];
  /** Channels, messages as they stand now, views. */
  readonly workspace: Workspace;
  readonly people: People;
  readonly deliveries: Deliveries;
  readonly sockets: SocketMode;
  /** The next `count` calls of a method get this answer and do nothing. */
  failNext(method: string, failure: ApiFailure, count?: number): void;
  /** The connections of the next `count` calls of a method break at that moment. */
  cutNext(method: string, moment: Moment, count?: number): void;
  /** The next call of a method waits for a signal: before anything is done, or with its answer. */
  holdNext(method: string, when: 'before' | 'after'): Held;
  /** Somebody deletes a message. */
  remove(ts: string): void;
  waitFor(count: number, timeoutMs?: number): Promise<readonly PostedMessage[]>;
  /** Resolves when it holds: looked at after each call and each change of a connection. */
  until(holds: () => boolean, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

export const ALL_SCOPES = ['chat:write', 'chat:write.public', 'channels:read', 'groups:read'] as const;
export const BOT_TOKEN = 'xoxb-1111-2222-aVerySecretTokenOfTests';
const APP_TOKEN = 'xapp-1-A0000001-3333-aVerySecretTokenOfTests';

/** On one clock that no one sets while a test runs. */
const steadyClock: Clock = { ...systemClock, now: () => performance.timeOrigin + performance.now() };

function appsOf(options: SlackApiOptions): readonly [App, App] {
  const { token = BOT_TOKEN, scopes = ALL_SCOPES, user = 'tidings', appScopes = ['connections:write'] } = options;
  const { hasMessagesTab = true, hasHomeTab = true } = options;
  const tabs = { hasMessagesTab, hasHomeTab };
  const ids = { id: 'A0000001', userId: 'U0000001', botId: 'B0000001' };
  const everything = [...ALL_SCOPES, 'channels:history', 'groups:history', 'im:history', 'reactions:write'];
  const other = { id: 'A0000009', userId: 'U0000009', botId: 'B0000009', user: 'other', token: 'xoxb-9999-other' };
  return [
    { ...ids, token, appToken: APP_TOKEN, appScopes, scopes, user, ...tabs },
    { ...other, appToken: 'xapp-9-other', appScopes: [], scopes: everything, ...tabs },
  ];
}

/**
 * A workspace that holds callers to what Slack documents for its Web API (https://docs.slack.dev/apis/web-api): a bearer
 * token, arguments as a form, a query, or (writing methods only) JSON; errors with 200 and `"ok":false`; cursors; scopes;
 * tiers. What was posted stands until somebody changes or deletes it. People press, type and write, and the app is told
 * through Socket Mode or by HTTP.
 */
export async function startSlackApi(options: SlackApiOptions = {}): Promise<SlackApiDouble> {
  const { team = 'Acme', pageSize = 1000, clock = steadyClock, intervalMs = 1000, users = [] } = options;
  const channels = options.channels ?? [{ id: 'C0000001', name: 'releases' }];
  const apps = appsOf(options);
  const [app, other] = apps;
  const editWindowMs = options.editWindowMs ?? null;
  const workspace = new Workspace({ team, channels, users, apps, pageSize, editWindowMs });
  const messages: PostedMessage[] = [];
  const violations: string[] = [];
  const watchers = new Set<() => void>();
  const look = () => {
    for (const each of watchers) each();
  };
  const server = createServer((incoming, response) => {
    // A caller that breaks off in mid-body has done nothing.
    api.serve(incoming, response, clock.now()).then(look, () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const violation = (why: string) => void violations.push(why);
  const origin = () => `ws://127.0.0.1:${port}`;
  const sockets = new SocketMode({ clock, origin, violation, pick: options.pick, changed: look });
  const onPosted: Parameters<typeof postMessage>[0]['onPosted'] = ({ message, payload }) => {
    const { channel, ts, at, text, threadTs } = message;
    messages.push({ channel, ts, at, text, payload, root: threadTs ?? ts });
  };
  const methods = {
    ...{ ...CHAT, ...CONVERSATIONS, ...OTHERS },
    'chat.postMessage': postMessage({ intervalMs, onPosted }),
    'apps.connections.open': sockets.method,
  };
  const api = new WebApi(workspace, methods, violation, intervalMs === 0);
  server.on('upgrade', (incoming, socket) => sockets.upgrade(incoming, socket));
  const deliveries = new Deliveries(clock, options.target ? overHttp(clock, options.target) : sockets);
  const subscribed = options.subscribed ?? null;
  const now = () => clock.now();
  const people = new People({ workspace, app, deliveries, now, origin: `http://127.0.0.1:${port}`, subscribed });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const each of sockets.connections) each.break();
      server.closeAllConnections();
    });
    return closing;
  };
  const until = (holds: () => boolean, timeoutMs = PATIENCE_MS) =>
    waitUntil(holds, watchers, timeoutMs, () => api.calls);
  return {
    url: `http://127.0.0.1:${port}/api`,
    token: app.token,
    appToken: app.appToken,
    otherToken: other.token,
    messages,
    violations,
    calls: api.calls,
    limited: api.limits.limited,
    workspace,
    people,
    deliveries,
    sockets,
    failNext: (method, failure, count) => api.plans.add(method, { kind: 'fail', failure }, count),
    cutNext: (method, moment, count) => api.plans.add(method, { kind: 'cut', moment }, count),
    holdNext: (method, when) => api.plans.hold(method, when),
    remove: (ts) => {
      const found = workspace.messages.all.find((each) => each.ts === ts);
      if (found) workspace.messages.remove(found);
    },
    waitFor: async (count, timeoutMs) => {
      await until(() => messages.length >= count, timeoutMs);
      return messages;
    },
    until,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** From a request to its answer. */
class WebApi {
  readonly calls: string[] = [];
  readonly plans = new Plans();
  readonly limits = new Limits();
  readonly #workspace: Workspace;
  readonly #methods: Readonly<Record<string, Method>>;
  readonly #violation: (why: string) => void;
  readonly #isUnlimited: boolean;

  constructor(
    workspace: Workspace,
    methods: Readonly<Record<string, Method>>,
    violation: (why: string) => void,
    isUnlimited: boolean,
  ) {
    this.#workspace = workspace;
    this.#methods = methods;
    this.#violation = violation;
    this.#isUnlimited = isUnlimited;
  }

  async serve(incoming: IncomingMessage, response: ServerResponse, at: number): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://slack');
    const name = url.pathname.startsWith('/actions/') ? 'response_url' : url.pathname.replace(/^\/api\//, '');
    const plan = this.plans.take(name);
    if (isCutAt(plan, 'unread')) return void response.destroy();
    const body = await readText(incoming);
    this.calls.push(name);
    if (isCutAt(plan, 'untaken')) return void response.destroy();
    if (plan?.kind === 'hold' && plan.when === 'before' && !(await plan.wait())) return void response.destroy();
    const { violation, ...said } = this.#answer(name, { incoming, url, body, at, plan });
    if (violation !== undefined) this.#violation(`${name}: ${violation}`);
    if (plan?.kind === 'cut') return breakOff(response, plan.moment, JSON.stringify(said));
    if (plan?.kind === 'hold' && plan.when === 'after' && !(await plan.wait())) return void response.destroy();
    send(response, said, this.#appOf(incoming));
  }

  #appOf({ headers }: IncomingMessage): App | undefined {
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    return this.#workspace.settings.apps.find((each) => token === each.token || token === each.appToken);
  }

  #answer(name: string, request: Request): Said {
    const { incoming, url, body, at, plan } = request;
    if (plan?.kind === 'fail') return { ok: false, ...plan.failure };
    if (name === 'response_url') {
      return respond(this.#workspace, url.pathname, JSON.parse(body) as Record<string, unknown>, at);
    }
    const method = this.#methods[name];
    if (!method) return no('unknown_method', { req_method: name });
    if (!incoming.headers.authorization?.startsWith('Bearer '))
      return { ...no('not_authed'), violation: 'no bearer token' };
    const app = this.#appOf(incoming);
    if (!app) return no('invalid_auth');
    const isAppLevel = incoming.headers.authorization.endsWith(app.appToken);
    if (isAppLevel !== (method.isAppLevel ?? false)) return no('not_allowed_token_type');
    const refused = this.#workspace.refused.get(app.id);
    if (refused) return no(refused);
    const read = argumentsOf(method, incoming, url, body);
    if (typeof read === 'string') return { ...no(read), violation: read };
    const limited = this.#isUnlimited ? null : this.#limit(name, method, app, at);
    if (limited) return limited;
    const { warning, args } = read;
    const said = method.run({ workspace: this.#workspace, app, args, at });
    if (said.retryAfter !== undefined) {
      this.limits.refuse(`${app.id} ${name} ${String(args['channel'])}`, {
        method: name,
        at,
        retryAfter: said.retryAfter,
      });
    }
    if (warning === null) return said;
    this.#violation(`${name}: ${warning}`);
    return { ...said, warning, response_metadata: { warnings: [warning] } };
  }

  /** Calls a minute. Who calls again before the pause is over makes a storm. */
  #limit(name: string, { perMinute }: Method, app: App, at: number): Said | null {
    const key = `${app.id} ${name}`;
    const left = this.limits.pause(key, at);
    const retryAfter = left ?? (perMinute === null ? null : this.limits.take(key, perMinute, at));
    if (retryAfter === null) return null;
    this.limits.refuse(key, { method: name, at, retryAfter });
    const violation = left === null ? {} : { violation: `again ${left} s before the pause of a 429 was over` };
    return { ...no('ratelimited', { status: 429, retryAfter }), ...violation };
  }
}

interface Request {
  readonly incoming: IncomingMessage;
  readonly url: URL;
  readonly body: string;
  readonly at: number;
  readonly plan: Plan | undefined;
}

function isCutAt(plan: Plan | undefined, moment: Moment): boolean {
  return plan?.kind === 'cut' && plan.moment === moment;
}

function send(response: ServerResponse, { status = 200, retryAfter, ...said }: Said, app: App | undefined): void {
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
  if (app && (said.ok || said['error'] === 'missing_scope')) response.setHeader('x-oauth-scopes', app.scopes.join(','));
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(said));
}
