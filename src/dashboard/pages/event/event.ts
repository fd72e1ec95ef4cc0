import { html } from 'hono/html';
import { show } from '../../layout.ts';
import type { PageApp } from '../../page-env.ts';

/** One event: why it was told, or was not. */
export function addEvent(app: PageApp): void {
  app.get('/events/:id{[0-9]{1,15}}', async (c) => {
    const id = Number(c.req.param('id'));
    return show(c, { title: `Event ${id}`, here: 'Inbox', command: `explain ${id}`, body: html`<h1>Event ${id}</h1>` });
  });
}
