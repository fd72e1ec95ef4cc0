import type { Headers } from '../../../model/headers.ts';
import { type HookOwner, RecoverError } from '../../../model/recovery.ts';
import { numberOrNull, type Payload, read, text, textOrNull, timeOrNull } from '../../../shared/payload.ts';
import { type GithubCalls, GithubError, readPages } from '../api/client.ts';
import { isRateLimit, refusalWords } from '../api/refusal-words.ts';
import type { DeliveryItem } from './recover-plan.ts';

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

  const pages = (route: string, goesOn: (page: readonly unknown[]) => boolean) =>
    readPages((parameters) => call(`GET ${route}`, parameters), goesOn);

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
        if (error instanceof GithubError && error.status === 404) return null;
        throw inWords(error, owner);
      }
    },

    async redeliver(hookId, deliveryId) {
      try {
        await calls.request(`POST ${ofHook(hookId)}/deliveries/${deliveryId}/attempts`);
        return 'asked';
      } catch (error) {
        const isNo = error instanceof GithubError && [400, 403, 404, 422].includes(error.status ?? 0);
        if (isNo && !isRateLimit(error)) return 'refused';
        throw inWords(error, owner);
      }
    },
  };
}

/** Where the API keeps what belongs to an owner. */
export function root(owner: HookOwner): string {
  switch (owner.kind) {
    case 'repository':
      return `/repos/${owner.owner}/${owner.repo}`;
    case 'organisation':
      return `/orgs/${owner.org}`;
    case 'app':
      return '/app';
  }
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

function inWords(error: unknown, owner: HookOwner): RecoverError {
  const { reason, message } = refusalWords(error, { owner, access: 'read', token: 'GITHUB_TOKEN' });
  return new RecoverError(reason === 'refused' ? 'unreachable' : reason, message, { cause: error });
}
