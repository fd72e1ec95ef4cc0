import { createDashboard } from '../../src/dashboard/dashboard.ts';
import type { V1Answer, Visit } from '../../src/http/visit.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { systemClock } from '../../src/shared/clock.ts';

export const NOW = Date.UTC(2030, 0, 31, 12);

/** `GET /lanes` → what /api/v1 says to it; a function is given the body that was sent. */
export type Answers = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface Visited {
  /** All that /api/v1 was asked, in order, but for the strip of every page. */
  readonly asked: Asked[];
  get(path: string): Promise<Response>;
  /** Sends a form, with the page's own token unless `form` has another. */
  post(path: string, form?: Readonly<Record<string, string>>): Promise<Response>;
}

/** The pages, as one visitor gets them: /api/v1 is what a test says it answers, all else is real. */
export function visited(
  answers: Answers,
  { base = '', now = NOW, ...caller }: { role?: 'admin' | 'viewer'; base?: string; csrf?: string; now?: number } = {},
): Visited {
  const asked: Asked[] = [];
  const { role = 'admin', csrf = 'a-token-of-this-session' } = caller;
  const clock: Clock = { ...systemClock, now: () => now };
  const app = createDashboard(clock);
  const visit: Visit = {
    caller: { role, who: 'somebody', from: 'here' },
    base,
    csrf,
    isGenuine: (given) => given === csrf,
    hasSession: true,
    async ask(method, path, body): Promise<V1Answer> {
      if (path !== '/status') asked.push({ method, path, body });
      const answer = answers[`${method} ${path}`];
      if (answer === undefined)
        return { status: 404, body: { error: { code: 'not_found', message: 'Nothing is there.' } } };
      const said: unknown = typeof answer === 'function' ? answer(body) : answer;
      return isFailure(said) ? said : { status: 200, body: said };
    },
  };
  const send = async (path: string, init?: RequestInit) =>
    app.request(`http://localhost${path}`, init, { visit } as unknown as { visit: Visit });
  return {
    asked,
    get: (path) => send(path),
    post: (path, form = {}) => send(path, { method: 'POST', body: new URLSearchParams({ csrf, ...form }) }),
  };
}

export function failing(status: number, message: string): V1Answer {
  return { status, body: { error: { code: 'failed', message } } };
}

function isFailure(said: unknown): said is V1Answer {
  return typeof said === 'object' && said !== null && 'status' in said && 'body' in said;
}
