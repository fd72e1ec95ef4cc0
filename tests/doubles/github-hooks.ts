import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type Changed,
  configured,
  created,
  type HookSpec,
  patched,
  shown,
  shownConfig,
} from './github-hook-settings.ts';
import { type Answered, post, posted, statusWords } from './hook-delivery.ts';

/** What GitHub records of a try that nobody answered: all three are seen. */
const UNANSWERED = [
  { status_code: null, status: 'failed to connect' },
  { status_code: 0, status: 'timed out' },
  { status_code: 502, status: 'failed to connect to host' },
] as const;

const KEPT_MS = 3 * 24 * 60 * 60 * 1000;

export interface Emission {
  readonly hookId: number;
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly guid: string;
  /** A proxy answers in the receiver's place: this is recorded, and the receiver hears nothing. */
  readonly proxyAnswers?: number | undefined;
  /** ms since 1970; default now. */
  readonly deliveredAt?: number | undefined;
}

/** As the list shows it. */
interface Item {
  readonly id: number;
  readonly guid: string;
  readonly delivered_at: string;
  readonly redelivery: boolean;
  readonly duration: number;
  readonly status: string;
  readonly status_code: number | null;
  readonly event: string;
  readonly action: string | null;
  readonly installation_id: null;
  readonly repository_id: number;
}

interface Attempt {
  readonly item: Item;
  readonly hookId: number;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly answered: Answered | null;
}

/** Tokens by what they may: see nothing, list and read, or ask for redeliveries too. */
export type HookAccess = 'none' | 'read' | 'write';

export interface GithubHooks {
  /** To be mounted into the GitHub double: answers what is about hooks; false: it is about something else. */
  route(incoming: IncomingMessage, response: ServerResponse): Promise<boolean>;
  add(hook: HookSpec): void;
  /** Delivers once, as GitHub does, and records how that went. */
  emit(emission: Emission): Promise<void>;
  /** What any token may from now on. */
  access: HookAccess;
  /** The nth try from 0 stays in the list, but its payload is gone and it cannot be sent again. */
  lose(index: number): void;
  /** Redeliveries fail as if the receiver could not be reached. */
  unreachable: boolean;
  /** Where public addresses lead: `https://tidings.example.org` → `http://127.0.0.1:3000`. GitHub itself refuses local ones. */
  readonly routes: Map<string, string>;
  /** A hook as it is now, with its secret. */
  hook(id: number): HookSpec | undefined;
  /** Every change asked for: `POST /repos/acme/api/hooks`, with what was sent. */
  readonly writes: readonly { readonly route: string; readonly body: unknown }[];
  /** Every try, oldest first. */
  items(): readonly Item[];
  /** The redeliveries asked for have been tried. */
  settled(): Promise<void>;
}

/**
 * GitHub's webhook deliveries API, https://docs.github.com/en/rest/repos/webhooks: pages by cursor, at most 100 tries each,
 * newest first; payloads for three days; a redelivery is tried after its 202 and repeats guid and headers.
 */
export function createGithubHooks(): GithubHooks {
  const hooks: HookSpec[] = [];
  const routes = new Map<string, string>();
  const writes: { readonly route: string; readonly body: unknown }[] = [];
  const attempts: Attempt[] = [];
  const lost = new Set<number>();
  const pending = new Set<Promise<void>>();
  const state = { access: 'write' as HookAccess, unreachable: false };
  let failures = 0;

  async function attempt(emission: Emission, redelivery: boolean): Promise<void> {
    const hook = hooks.find(({ id }) => id === emission.hookId);
    if (hook === undefined) throw new Error(`no hook ${emission.hookId}`);
    const { type, payload, guid, proxyAnswers } = emission;
    const sent = posted(hook, type, guid, payload);
    const reach = () => (redelivery && state.unreachable ? null : post(routed(hook.url), sent));
    const answered = proxyAnswers === undefined ? await reach() : { status: proxyAnswers, headers: {}, payload: '' };
    const ending =
      answered === null
        ? (UNANSWERED[failures++ % UNANSWERED.length] ?? UNANSWERED[0])
        : { status_code: answered.status, status: statusWords(answered.status) };
    const item: Item = {
      id: 17_000_000_001 + attempts.length,
      guid,
      delivered_at: new Date(emission.deliveredAt ?? Date.now()).toISOString(),
      redelivery,
      duration: 0.03,
      ...ending,
      event: type,
      action: typeof payload['action'] === 'string' ? payload['action'] : null,
      installation_id: null,
      repository_id: 1,
    };
    attempts.push({ item, hookId: hook.id, payload, headers: sent.headers, answered });
  }

  /** The address that a test's machine has for a public one. */
  function routed(url: string): string {
    const { origin } = new URL(url);
    return url.replace(origin, routes.get(origin) ?? origin);
  }

  function later(work: Promise<void>): void {
    const known = work.finally(() => pending.delete(known));
    pending.add(known);
  }

  const redeliver = ({ item, payload, hookId }: Attempt) =>
    later(attempt({ hookId, type: item.event, payload, guid: item.guid }, true));

  function ping({ id, root }: HookSpec): void {
    const hook = hooks.find((each) => each.id === id);
    const full_name = root.slice('/repos/'.length);
    const about = root.startsWith('/repos/')
      ? { repository: { full_name } }
      : { organization: { login: root.slice(6) } };
    const payload = { zen: 'Speak like a human.', hook_id: id, hook: hook && shown(hook, {}), ...about };
    later(attempt({ hookId: id, type: 'ping', payload, guid: randomUUID() }, false));
  }

  function lastResponse({ id }: HookSpec): object {
    const last = attempts.findLast(({ hookId }) => hookId === id);
    if (last === undefined) return { code: null, status: 'unused', message: null };
    const { status_code: code, status } = last.item;
    return code !== null && code >= 200 && code < 300
      ? { code, status: 'active', message: status }
      : { code, status: 'misconfigured', message: status };
  }

  const display = (hook: HookSpec) => shown(hook, lastResponse(hook));

  /** Replaces the hook by what was made of it, or says why not. */
  function saved(changed: Changed, status: number, body: (hook: HookSpec) => object, after?: () => void): Answer {
    if (!changed.ok) return { status: 422, body: { message: changed.message, errors: changed.errors } };
    const { hook } = changed;
    const at = hooks.findIndex(({ id }) => id === hook.id);
    hooks.splice(at < 0 ? hooks.length : at, 1, hook);
    return { status, body: body(hook), after };
  }

  function answer(method: string, url: URL, sent: unknown): Answer | null {
    const root = /^\/(?:repos\/[^/]+\/[^/]+|orgs\/[^/]+|app(?=\/hook))/.exec(url.pathname)?.[0];
    const path = root === undefined ? '' : url.pathname.slice(root.length);
    if (root === undefined || !/^\/hooks?(?:\/|$)/.test(path)) return null;
    if (state.access === 'none') return NOT_FOUND;
    if (method !== 'GET' && state.access === 'read') return NOT_ALLOWED;
    if (method !== 'GET') writes.push({ route: `${method} ${url.pathname}`, body: sent });
    const own = hooks.filter((hook) => hook.root === root);
    if (path === '/hooks') return method === 'POST' ? create(root, own, sent) : numbered(own.map(display), url);
    if (path === '/hook/config') return { status: 200, body: own[0] && shownConfig(own[0]) };
    const [, hookId, rest = ''] = /^\/hooks?(?:\/(\d+))?(\/.*)?$/.exec(path) ?? [];
    const hook = root === '/app' ? own[0] : own.find(({ id }) => String(id) === hookId);
    if (hook === undefined) return NOT_FOUND;
    return rest.startsWith('/deliveries') ? deliveries(method, hook, rest, url) : one(`${method} ${rest}`, hook, sent);
  }

  function create(root: string, own: readonly HookSpec[], sent: unknown): Answer {
    if (!isBody(sent)) return MALFORMED;
    const made = created(sent, root, 5_000 + hooks.length, own);
    return saved(made, 201, display, () => made.ok && ping(made.hook));
  }

  function one(route: string, hook: HookSpec, sent: unknown): Answer {
    switch (route) {
      case 'GET ':
        return { status: 200, body: display(hook) };
      case 'PATCH ':
        return isBody(sent) ? saved(patched(hook, sent), 200, display) : MALFORMED;
      case 'DELETE ':
        hooks.splice(hooks.indexOf(hook), 1);
        return { status: 204, body: null };
      case 'GET /config':
        return { status: 200, body: shownConfig(hook) };
      case 'PATCH /config':
        return isBody(sent) ? saved(configured(hook, sent), 200, shownConfig) : MALFORMED;
      case 'POST /pings':
        return { status: 204, body: null, after: () => ping(hook) };
      case 'POST /tests': {
        const payload = { ref: 'refs/heads/main', repository: { full_name: hook.root.slice('/repos/'.length) } };
        const hears = hook.events?.some((event) => event === 'push' || event === '*') ?? true;
        const test = { hookId: hook.id, type: 'push', payload, guid: randomUUID() };
        return { status: 204, body: null, after: () => hears && later(attempt(test, false)) };
      }
      default:
        return NOT_FOUND;
    }
  }

  function deliveries(method: string, hook: HookSpec, rest: string, url: URL): Answer {
    const [, deliveryId, again] = /^\/deliveries(?:\/(\d+)(\/attempts)?)?$/.exec(rest) ?? [];
    const tries = attempts.filter(
      ({ hookId, item }) => hookId === hook.id && Date.now() - Date.parse(item.delivered_at) < KEPT_MS,
    );
    if (deliveryId === undefined) return method === 'GET' ? page(tries, url) : NOT_FOUND;
    const found = tries.find(({ item }) => String(item.id) === deliveryId);
    if (found === undefined || lost.has(attempts.indexOf(found))) return NOT_FOUND;
    if (again === undefined) return { status: 200, body: detail(found, hook) };
    return method === 'POST' ? { status: 202, body: {}, after: () => redeliver(found) } : NOT_FOUND;
  }

  return {
    get access() {
      return state.access;
    },
    set access(access) {
      state.access = access;
    },
    get unreachable() {
      return state.unreachable;
    },
    set unreachable(unreachable) {
      state.unreachable = unreachable;
    },
    routes,
    writes,
    hook: (id) => hooks.find((each) => each.id === id),
    items: () => attempts.map(({ item }) => item),
    add: (hook) => void hooks.push(hook),
    emit: (emission) => attempt(emission, false),
    lose: (index) => void lost.add(index),
    settled: async () => {
      while (pending.size > 0) await Promise.all(pending);
    },
    async route(incoming, response) {
      const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`);
      const answered = answer(incoming.method ?? 'GET', url, await bodyOf(incoming));
      if (answered === null) return false;
      const { status, body, link, after } = incoming.headers.authorization ? answered : UNKNOWN;
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...(link ? { link } : {}) });
      response.end(body === null ? undefined : JSON.stringify(body), after);
      return true;
    },
  };
}

/** Nobody reads hooks without a token. */
const UNKNOWN: Answer = { status: 401, body: { message: 'Requires authentication' } };

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly link?: string | undefined;
  /** After the answer. */
  readonly after?: (() => unknown) | undefined;
}

const NOT_FOUND: Answer = { status: 404, body: { message: 'Not Found' } };
const NOT_ALLOWED: Answer = { status: 403, body: { message: 'Resource not accessible by personal access token' } };
const MALFORMED: Answer = { status: 400, body: { message: 'Problems parsing JSON' } };

function isBody(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined: it is no JSON. */
async function bodyOf(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}

/** Pages by number, as GitHub lists webhooks. */
function numbered(items: readonly unknown[], url: URL): Answer {
  const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100);
  const number = Number(url.searchParams.get('page') ?? 1);
  const next = new URL(url);
  next.searchParams.set('page', String(number + 1));
  const link = number * size < items.length ? `<${next.href}>; rel="next"` : undefined;
  return { status: 200, body: items.slice((number - 1) * size, number * size), link };
}

/** The cursor is opaque to clients; here it names the next try. */
function page(tries: readonly Attempt[], url: URL): Answer {
  const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100);
  const cursor = url.searchParams.get('cursor');
  if (cursor !== null && !/^v1_\d+$/.test(cursor)) return { status: 422, body: { message: 'Invalid cursor' } };
  const items = tries.map(({ item }) => item).toSorted((a, b) => b.id - a.id);
  const rest = items.filter(({ id }) => cursor === null || id <= Number(cursor.slice(3)));
  const next = rest[size];
  const nextUrl = new URL(url);
  nextUrl.searchParams.set('cursor', `v1_${next?.id}`);
  return { status: 200, body: rest.slice(0, size), link: next && `<${nextUrl.href}>; rel="next"` };
}

function detail({ item, payload, headers, answered }: Attempt, hook: HookSpec) {
  const response = { headers: answered?.headers ?? {}, payload: answered?.payload ?? '' };
  return { ...item, url: hook.url, request: { headers, payload }, response };
}
