import type { Headers } from '../model/headers.ts';
import { type HookOwner, ownerText, RecoverError } from '../model/recovery.ts';
import { numberOrNull, type Payload, read, text, textOrNull, timeOrNull } from '../sources/github/payload.ts';
import type { DeliveryItem } from './recover-plan.ts';

/** What is needed of a GitHub client. It throttles, tries again, and throws an error with a `status` for an answer ≥ 400. */
export interface GithubCalls {
  request(
    route: string,
    parameters?: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly data: unknown; readonly headers: Readonly<Record<string, unknown>> }>;
}

export interface Hook {
  readonly id: number;
  /** Where it calls. */
  readonly url: string;
}

export interface DeliveryDetail {
  /** As GitHub sent them, names in lower case. */
  readonly headers: Headers;
  readonly payload: Payload;
}

/** The hooks of one owner and what they delivered. Every method may throw RecoverError. */
export interface Hooks {
  list(): Promise<readonly Hook[]>;
  /** Newest first, down to `since` (ms since 1970). */
  deliveries(hookId: number, since: number): Promise<readonly DeliveryItem[]>;
  /** Null: GitHub no longer has it. */
  delivery(hookId: number, deliveryId: number): Promise<DeliveryDetail | null>;
  /** Asks GitHub to send it again, soon. `refused`: this token may not, or this delivery cannot be sent again. */
  redeliver(hookId: number, deliveryId: number): Promise<'asked' | 'refused'>;
}

/** https://docs.github.com/en/rest/repos/webhooks, …/orgs/webhooks and …/apps/webhooks: the same under three roots. */
export function createHooks(calls: GithubCalls, owner: HookOwner): Hooks {
  const isApp = owner.kind === 'app';
  const ofHook = (hookId: number) => (isApp ? '/app/hook' : `${root(owner)}/hooks/${hookId}`);

  async function call(route: string, parameters: Readonly<Record<string, unknown>> = {}) {
    try {
      return await calls.request(route, parameters);
    } catch (error) {
      throw inWords(error, owner);
    }
  }

  async function pages(route: string, goesOn: (page: readonly unknown[]) => boolean): Promise<readonly unknown[]> {
    const all: unknown[] = [];
    for (let parameters: Readonly<Record<string, string | number>> | null = { per_page: 100 }; parameters !== null; ) {
      const { data, headers } = await call(`GET ${route}`, parameters);
      const page: readonly unknown[] = Array.isArray(data) ? data : [];
      all.push(...page);
      parameters = goesOn(page) ? nextPage(headers['link']) : null;
    }
    return all;
  }

  return {
    async list() {
      if (isApp) {
        const { data } = await call('GET /app/hook/config');
        return [{ id: 0, url: textOrNull(data, 'url') ?? '' }];
      }
      const hooks = await pages(`${root(owner)}/hooks`, () => true);
      return hooks.map((hook) => ({ id: numberOrNull(hook, 'id') ?? 0, url: textOrNull(hook, 'config.url') ?? '' }));
    },

    async deliveries(hookId, since) {
      const isNew = (item: unknown) => (timeOrNull(item, 'delivered_at') ?? 0) >= since;
      const items = await pages(`${ofHook(hookId)}/deliveries`, (page) => page.length > 0 && page.every(isNew));
      return items.filter(isNew).map((item) => deliveryItem(item as Payload));
    },

    async delivery(hookId, deliveryId) {
      try {
        const { data } = await calls.request(`GET ${ofHook(hookId)}/deliveries/${deliveryId}`);
        const payload = read(data, 'request.payload');
        if (typeof payload !== 'object' || payload === null) return null;
        return { headers: lowerCased(read(data, 'request.headers')), payload: payload as Payload };
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw inWords(error, owner);
      }
    },

    async redeliver(hookId, deliveryId) {
      try {
        await calls.request(`POST ${ofHook(hookId)}/deliveries/${deliveryId}/attempts`);
        return 'asked';
      } catch (error) {
        const isNo = [400, 403, 404, 422].includes(statusOf(error) ?? 0);
        if (isNo && error instanceof Error && !isRateLimit(error)) return 'refused';
        throw inWords(error, owner);
      }
    },
  };
}

function root(owner: HookOwner): string {
  switch (owner.kind) {
    case 'repository':
      return `/repos/${owner.owner}/${owner.repo}`;
    case 'organisation':
      return `/orgs/${owner.org}`;
    case 'app':
      return '/app';
  }
}

/** `<https://…/deliveries?per_page=100&cursor=v1_17>; rel="next"`, https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function nextPage(link: unknown): Readonly<Record<string, string>> | null {
  const url = typeof link === 'string' ? /<([^>]+)>;\s*rel="next"/.exec(link)?.[1] : undefined;
  const query = url === undefined ? null : URL.parse(url)?.searchParams;
  return query ? Object.fromEntries(query) : null;
}

function deliveryItem(item: Payload): DeliveryItem {
  return {
    id: numberOrNull(item, 'id') ?? 0,
    guid: text(item, 'guid'),
    deliveredAt: timeOrNull(item, 'delivered_at') ?? 0,
    statusCode: numberOrNull(item, 'status_code'),
    status: textOrNull(item, 'status') ?? '',
    type: text(item, 'event'),
    action: textOrNull(item, 'action'),
  };
}

function lowerCased(headers: unknown): Headers {
  if (typeof headers !== 'object' || headers === null) return {};
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function statusOf(error: unknown): number | null {
  return numberOrNull({ status: error instanceof Error && 'status' in error ? error.status : null }, 'status');
}

/** The client answers its own failures (no connection, no name) with status 500 and no response. */
function inWords(error: unknown, owner: HookOwner): Error {
  const status = statusOf(error);
  const options = { cause: error };
  const hasAnswer = error instanceof Error && 'response' in error && error.response !== undefined;
  if (status === null || !hasAnswer) {
    const why = error instanceof Error ? error.message : String(error);
    return new RecoverError(
      'unreachable',
      `GitHub could not be asked for the webhooks of ${ownerText(owner)}: ${why}`,
      options,
    );
  }
  if (status === 401) {
    return new RecoverError('not_allowed', 'GitHub refuses GITHUB_TOKEN (401): it is wrong, or has run out.', options);
  }
  if (isRateLimit(error)) {
    return new RecoverError('unreachable', 'GITHUB_TOKEN has used up its rate limit for now.', options);
  }
  if (status === 403 || status === 404) return new RecoverError('not_allowed', mayNotRead(owner, status), options);
  return new RecoverError(
    'unreachable',
    `GitHub answered ${status} when asked for the webhooks of ${ownerText(owner)}.`,
    options,
  );
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api: 403 or 429, with one of these signs. */
function isRateLimit(error: Error): boolean {
  const headers = read(error, 'response.headers');
  const { message } = error;
  return (
    statusOf(error) === 429 ||
    textOrNull(headers, 'x-ratelimit-remaining') === '0' ||
    textOrNull(headers, 'retry-after') !== null ||
    /rate limit/i.test(message)
  );
}

/** GitHub answers 404 also for what a token may not see. */
function mayNotRead(owner: HookOwner, status: number): string {
  const needs = {
    repository:
      'a fine-grained token needs "Webhooks: read and write" of that repository, a classic one the scope admin:repo_hook',
    organisation:
      'a fine-grained token needs the organisation\'s "Webhooks: read and write", a classic one the scope admin:org_hook',
    app: "this takes the app's own JSON web token",
  }[owner.kind];
  return `GITHUB_TOKEN may not read the webhooks of ${ownerText(owner)}, or there is no such thing (${status}): ${needs}.`;
}
