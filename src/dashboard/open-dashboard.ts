import { Hono } from 'hono';
import { html } from 'hono/html';
import type { DashboardApp, PageAsked } from '../http/api-deps.ts';
import { createDashboard } from './dashboard.ts';
import { doorPage } from './pages/login.ts';

/** The pages, and what the door shows to whoever is not let in. */
export function openDashboard(): DashboardApp {
  const pages = createDashboard();
  const app = new Hono<{ Bindings: PageAsked }>();
  app.all('*', (c) => {
    const { visit, door } = c.env;
    if (door === undefined) return pages.fetch(c.req.raw, { visit });
    const { title, body, head = '' } = doorPage(door.page);
    const page = html`<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>${title} · Tidings</title>${head}</head><body><main>${body}</main></body></html>`;
    return c.html(page, door.status);
  });
  return { fetch: (request, env) => app.fetch(request, env) };
}
