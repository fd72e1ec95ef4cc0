import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import type { App } from './slack/app.ts';
import { CHAT } from './slack/chat.ts';
import { CONVERSATIONS } from './slack/conversations.ts';
import { Deliveries } from './slack/deliveries.ts';
import { type EventsTarget, overHttp } from './slack/http-events.ts';
import type { Limited } from './slack/limits.ts';
import type { ApiFailure, Held, Moment } from './slack/lost-answers.ts';
import { OTHERS } from './slack/other-methods.ts';
import { People } from './slack/people.ts';
import { postMessage } from './slack/post-message.ts';
import { type Connection, SocketMode } from './slack/socket-mode.ts';
import { type LoggedCall, WebApi } from './slack/web-api.ts';
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
  /** Whether a `client_msg_id` that comes twice is one message: Slack does not promise it. Default: yes. */
  readonly knowsRepeats?: boolean;
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
  /** What each asked for, and what was done; planned failures apart. */
  readonly log: readonly LoggedCall[];
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
  /** As if the app had called a method so often just now: of 50 a minute, 49 leave one. */
  spend(method: string, count: number): void;
  /** Somebody deletes a message. */
  remove(ts: string): void;
  /** Calls it after each call and each change of a connection. */
  watch(look: () => void): void;
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
    ...CHAT,
    ...CONVERSATIONS,
    ...OTHERS,
    'chat.postMessage': postMessage({ intervalMs, knowsRepeats: options.knowsRepeats ?? true, onPosted }),
    'apps.connections.open': sockets.method,
  };
  const api = new WebApi(workspace, methods, violation, intervalMs === 0);
  server.on('upgrade', (incoming, socket) => sockets.upgrade(incoming, socket));
  const deliveries = new Deliveries(clock, options.target ? overHttp(clock, options.target) : sockets, look);
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
    log: api.log,
    limited: api.limits.limited,
    workspace,
    people,
    deliveries,
    sockets,
    failNext: (method, failure, count) => api.plans.add(method, { kind: 'fail', failure }, count),
    cutNext: (method, moment, count) => api.plans.add(method, { kind: 'cut', moment }, count),
    holdNext: (method, when) => api.plans.hold(method, when),
    spend: (method, count) => api.spend(method, count, clock.now()),
    remove: (ts) => {
      const found = workspace.messages.all.find((each) => each.ts === ts);
      if (found) workspace.messages.remove(found);
    },
    watch: (look) => void watchers.add(look),
    waitFor: async (count, timeoutMs) => {
      await until(() => messages.length >= count, timeoutMs);
      return messages;
    },
    until,
    close,
    [Symbol.asyncDispose]: close,
  };
}
