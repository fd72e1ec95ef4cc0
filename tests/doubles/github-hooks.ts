import { createHmac } from 'node:crypto';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';

/** What GitHub records of a try that nobody answered: all three are seen. */
const UNANSWERED = [
  { status_code: null, status: 'failed to connect' },
  { status_code: 0, status: 'timed out' },
  { status_code: 502, status: 'failed to connect to host' },
] as const;

const KEPT_MS = 3 * 24 * 60 * 60 * 1000;

export interface HookSpec {
  /** `/repos/acme/api`, `/orgs/acme` or `/app`. */
  readonly root: string;
  readonly id: number;
  /** Where it calls. */
  readonly url: string;
  readonly secret: string;
}

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
  readonly hook: HookSpec;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
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
  const attempts: Attempt[] = [];
  const lost = new Set<number>();
  const pending = new Set<Promise<void>>();
  const state = { access: 'write' as HookAccess, unreachable: false };
  let failures = 0;

  async function attempt(emission: Emission, redelivery: boolean): Promise<void> {
    const hook = hooks.find(({ id }) => id === emission.hookId);
    if (hook === undefined) throw new Error(`no hook ${emission.hookId}`);
    const { type, payload, guid, proxyAnswers } = emission;
    const headers = headersOf(hook, type, guid, Buffer.from(JSON.stringify(payload)));
    const reached = proxyAnswers ?? (redelivery && state.unreachable ? null : await post(hook.url, headers, payload));
    const ending =
      reached === null
        ? (UNANSWERED[failures++ % UNANSWERED.length] ?? UNANSWERED[0])
        : { status_code: reached, status: reached < 300 ? 'OK' : 'Bad Gateway' };
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
    attempts.push({ item, hook, payload, headers });
  }

  function redeliver({ item, payload, hook }: Attempt): void {
    const emission = { hookId: hook.id, type: item.event, payload, guid: item.guid };
    const work = attempt(emission, true).finally(() => pending.delete(work));
    pending.add(work);
  }

  function answer(method: string, url: URL): Answer | null {
    const root = /^\/(?:repos\/[^/]+\/[^/]+|orgs\/[^/]+|app(?=\/hook))/.exec(url.pathname)?.[0];
    const path = root === undefined ? '' : url.pathname.slice(root.length);
    if (root === undefined || !/^\/hooks?(?:\/|$)/.test(path)) return null;
    if (state.access === 'none') return { status: 404, body: { message: 'Not Found' } };
    const own = hooks.filter((hook) => hook.root === root);
    if (path === '/hooks') return { status: 200, body: own.map(shown) };
    if (path === '/hook/config') return { status: 200, body: own[0] && shown(own[0]).config };
    const [, hookId, deliveryId, again] =
      /^\/hooks?(?:\/(\d+))?\/deliveries(?:\/(\d+)(\/attempts)?)?$/.exec(path) ?? [];
    const hook = root === '/app' ? own[0] : own.find(({ id }) => String(id) === hookId);
    const tries = attempts.filter(
      (each) => each.hook === hook && Date.now() - Date.parse(each.item.delivered_at) < KEPT_MS,
    );
    if (hook === undefined) return { status: 404, body: { message: 'Not Found' } };
    if (deliveryId === undefined) return method === 'GET' ? page(tries, url) : { status: 405, body: {} };
    const one = tries.find(({ item }) => String(item.id) === deliveryId);
    if (one === undefined || lost.has(attempts.indexOf(one))) return { status: 404, body: { message: 'Not Found' } };
    if (again === undefined) return { status: 200, body: detail(one) };
    if (method !== 'POST') return { status: 405, body: {} };
    if (state.access === 'read')
      return { status: 403, body: { message: 'Resource not accessible by personal access token' } };
    return { status: 202, body: {}, after: () => redeliver(one) };
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
    items: () => attempts.map(({ item }) => item),
    add: (hook) => void hooks.push(hook),
    emit: (emission) => attempt(emission, false),
    lose: (index) => void lost.add(index),
    settled: async () => {
      while (pending.size > 0) await Promise.all(pending);
    },
    async route(incoming, response) {
      const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`);
      const answered = answer(incoming.method ?? 'GET', url);
      if (answered === null) return false;
      const { status, body, link, after } = incoming.headers.authorization ? answered : UNKNOWN;
      incoming.resume();
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...(link ? { link } : {}) });
      response.end(JSON.stringify(body), after);
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
  readonly after?: (() => void) | undefined;
}

function shown({ id, url }: HookSpec) {
  return { id, active: true, events: ['*'], config: { url, content_type: 'json', secret: '********' } };
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

function detail({ item, hook, payload, headers }: Attempt) {
  return { ...item, url: hook.url, request: { headers, payload }, response: { headers: {}, payload: '' } };
}

function headersOf(hook: HookSpec, type: string, guid: string, body: Buffer): Readonly<Record<string, string>> {
  return {
    Accept: '*/*',
    'User-Agent': 'GitHub-Hookshot/044aadd',
    'content-type': 'application/json',
    'X-GitHub-Delivery': guid,
    'X-GitHub-Event': type,
    'X-GitHub-Hook-ID': String(hook.id),
    'X-Hub-Signature-256': `sha256=${createHmac('sha256', hook.secret).update(body).digest('hex')}`,
  };
}

/** The answer's status; null: nobody answered. */
function post(url: string, headers: Readonly<Record<string, string>>, payload: unknown): Promise<number | null> {
  return new Promise((resolve) => {
    const body = Buffer.from(JSON.stringify(payload));
    const outgoing = request(
      url,
      { method: 'POST', headers: { ...headers, 'content-length': body.length } },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? null));
      },
    );
    outgoing.on('error', () => resolve(null)).end(body);
  });
}
