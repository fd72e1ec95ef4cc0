import { Hono } from 'hono';
import type { DashboardApp, PageAsked } from '../http/api-deps.ts';
import { createDashboard } from './dashboard.ts';
import { showBare } from './layout.ts';
import type { PageEnv } from './page-env.ts';
import { doorPage } from './pages/login.ts';

type DoorEnv = PageEnv & { Bindings: PageAsked };

/** The pages, and what the door shows to whoever is not let in. */
export function openDashboard(): DashboardApp {
  const pages = createDashboard();
  const door = new Hono<DoorEnv>();
  door.all('*', async (c) => {
    const { door: asked } = c.env;
    if (asked === undefined) return c.notFound();
    const { page, status } = asked;
    // By the header, which needs no script.
    if (page.kind === 'again') c.header('Refresh', `0;url=${page.to}`);
    return showBare(c, { ...doorPage(page), status });
  });
  return { fetch: (request, env) => (env.door === undefined ? pages : door).fetch(request, env) };
}
