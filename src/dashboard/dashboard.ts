import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { type Clock, systemClock } from '../shared/clock.ts';
import { addAssets } from './assets.ts';
import { showFailure } from './layout.ts';
import type { PageApp, PageEnv } from './page-env.ts';
import { PAGES } from './pages.ts';

/** The pages at `/`: HTML from the server, of what /api/v1 says. */
export function createDashboard(clock: Clock = systemClock): PageApp {
  const app = new Hono<PageEnv>();
  addAssets(app);
  // A tenth of 80 kB. What a length gives away to whoever watches the line and can make a reader's browser ask is the token of the
  // page's forms: without the page's own origin it opens nothing (http/door/origin.ts).
  app.use(compress({ encoding: 'gzip' }));
  app.use(async (c, next) => {
    c.set('now', clock.now());
    await next();
  });
  for (const add of PAGES) add(app);
  app.notFound((c) => showFailure(c, 'Nothing is here', { status: 404, message: `There is no page ${c.req.path}.` }));
  // The server says it, and keeps it in the log.
  app.onError((error) => {
    throw error;
  });
  return app;
}
