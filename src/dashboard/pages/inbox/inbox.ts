import { html } from 'hono/html';
import { show } from '../../layout.ts';
import type { PageApp } from '../../page-env.ts';

/** What arrived, newest first, and what became of it. */
export function addInbox(app: PageApp): void {
  app.get('/', async (c) => show(c, { title: 'Inbox', here: 'Inbox', command: 'events', body: html`<h1>Inbox</h1>` }));
}
