import { eventOf } from '../../src/sources/github/events.ts';

/** One webhook in the double. */
export interface HookSpec {
  /** `/repos/acme/api`, `/orgs/acme` or `/app`. */
  readonly root: string;
  readonly id: number;
  /** Where it calls. */
  readonly url: string;
  /** Empty: none is set. */
  readonly secret: string;
  /** Default every event. */
  readonly events?: readonly string[];
  /** Default json. */
  readonly contentType?: 'json' | 'form';
  readonly insecureSsl?: boolean;
  readonly active?: boolean;
}

export type Changed =
  | { readonly ok: true; readonly hook: HookSpec }
  | { readonly ok: false; readonly message: string; readonly errors?: readonly object[] };

type Body = Readonly<Record<string, unknown>>;

/** What GitHub gives a new webhook where nothing is said. */
const DEFAULTS = { secret: '', events: ['push'], contentType: 'form', insecureSsl: false, active: true } as const;

/** POST …/hooks. https://docs.github.com/en/rest/repos/webhooks#create-a-repository-webhook */
export function created(body: Body, root: string, id: number, others: readonly HookSpec[]): Changed {
  if (root.startsWith('/orgs/') ? body['name'] !== 'web' : !['web', undefined].includes(body['name'] as string)) {
    return invalid('name', 'custom', 'Name must be passed as "web"');
  }
  if (!isObject(body['config'])) return invalid('config', 'missing_field');
  const made = patched({ ...DEFAULTS, root, id, url: '' }, body);
  if (made.ok && others.some(({ url }) => url === made.hook.url)) {
    const where = root.startsWith('/orgs/') ? 'organization' : 'repository';
    return invalid(null, 'custom', `Hook already exists on this ${where}`);
  }
  return made;
}

/** PATCH …/hooks/ID: a `config` replaces all of it, so what it leaves out, such as the secret, is gone. */
export function patched(hook: HookSpec, body: Body): Changed {
  const { config, events, active } = body;
  if (events !== undefined) {
    if (!Array.isArray(events) || events.length === 0) return invalid('events', 'invalid');
    const unknown = events.filter((name) => name !== '*' && (name === 'ping' || eventOf(String(name)) === undefined));
    if (unknown.length > 0) return invalid('events', 'custom', `Events contains invalid value: ${unknown.join(', ')}`);
  }
  const next: HookSpec = {
    ...hook,
    ...(events === undefined ? {} : { events: events as string[] }),
    ...(typeof active === 'boolean' ? { active } : {}),
  };
  if (config === undefined) return { ok: true, hook: next };
  return isObject(config)
    ? configured({ ...next, ...DEFAULTS_OF_CONFIG, url: '' }, config)
    : invalid('config', 'invalid');
}

const DEFAULTS_OF_CONFIG = { secret: '', contentType: 'form', insecureSsl: false } as const;

/** PATCH …/hooks/ID/config: what is not given stays. */
export function configured(hook: HookSpec, config: Body): Changed {
  const { url = hook.url, secret = hook.secret, content_type: type = hook.contentType ?? 'json' } = config;
  const address = typeof url === 'string' ? URL.parse(url) : null;
  if (typeof url !== 'string' || address === null || !/^https?:$/.test(address.protocol)) {
    return invalid('url', 'missing_field');
  }
  if (typeof secret !== 'string') return invalid('secret', 'invalid');
  if (/^(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|\[::1\])/.test(address.hostname)) {
    const why = `url is not supported because it isn't reachable over the public Internet (${address.hostname})`;
    return invalid('url', 'custom', why);
  }
  if (type !== 'json' && type !== 'form') return invalid('content_type', 'invalid');
  const given = config['insecure_ssl'];
  const insecureSsl = given === undefined ? (hook.insecureSsl ?? false) : ['1', 1].includes(given as string | number);
  return {
    ok: true,
    hook: { ...hook, url, secret, contentType: type, insecureSsl },
  };
}

/** As GitHub shows it: never the secret. */
export function shown(hook: HookSpec, lastResponse: object): object {
  const { id, root, active = true, events = ['*'] } = hook;
  return {
    type: root.startsWith('/orgs/') ? 'Organization' : 'Repository',
    id,
    name: 'web',
    active,
    events,
    config: shownConfig(hook),
    ping_url: `https://api.github.com${root}/hooks/${id}/pings`,
    last_response: lastResponse,
  };
}

export function shownConfig({ url, secret, contentType = 'json', insecureSsl = false }: HookSpec): object {
  return {
    url,
    content_type: contentType,
    insecure_ssl: insecureSsl ? '1' : '0',
    ...(secret === '' ? {} : { secret: '********' }),
  };
}

function invalid(field: string | null, code: string, message?: string): Changed {
  return {
    ok: false,
    message: 'Validation Failed',
    errors: [{ resource: 'Hook', code, ...(field === null ? {} : { field }), ...(message ? { message } : {}) }],
  };
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
