import { createDashboard } from '../../src/dashboard/dashboard.ts';
import type { V1Answer } from '../../src/http/visit.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { type Answers, type AskedOf, aVisit, type VisitedBy } from './a-visit.ts';

export const NOW = Date.UTC(2030, 0, 31, 12);

export interface Visited {
  /** All that /api/v1 was asked so far, in order, but for the strip of every page. */
  readonly asked: readonly Omit<AskedOf, 'query'>[];
  get(path: string): Promise<Response>;
  /** Sends a form, with the page's own token unless `form` has another. */
  post(path: string, form?: Readonly<Record<string, string>>): Promise<Response>;
}

/** The pages, as one visitor gets them: /api/v1 is what a test says it answers, all else is real. */
export function visited(answers: Answers, { now = NOW, ...by }: VisitedBy & { readonly now?: number } = {}): Visited {
  const app = createDashboard({ ...systemClock, now: () => now });
  const { visit, asked } = aVisit(answers, by);
  const send = async (path: string, init?: RequestInit) => app.request(`http://localhost${path}`, init, { visit });
  return {
    get asked() {
      return asked.filter(({ path }) => path !== '/status').map(({ method, path, body }) => ({ method, path, body }));
    },
    get: (path) => send(path),
    post: (path, form = {}) => send(path, { method: 'POST', body: new URLSearchParams({ csrf: visit.csrf, ...form }) }),
  };
}

export function failing(status: number, message: string): V1Answer {
  return { status, body: { error: { code: 'failed', message } } };
}
