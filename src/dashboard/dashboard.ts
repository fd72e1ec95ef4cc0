import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Visit } from '../http/visit.ts';

interface Env {
  Bindings: { readonly visit: Visit };
}

/** The pages at `/`: HTML from the server, of what /api/v1 says. */
export function createDashboard(): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/', async (c) => {
    const { status } = await c.env.visit.ask('GET', '/events?limit=1');
    return c.html(html`<!doctype html><title>Tidings</title><p>${status}</p>`);
  });
  return app;
}
