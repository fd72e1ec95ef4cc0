import { html } from 'hono/html';
import type { Mood } from '../../http/api/answers/common.ts';
import { type Html, visible } from './html.ts';
import { mood } from './mood.ts';

/** What happened, or what is wrong, above what it is about. */
export function notice(kind: Mood, title: Html | string, more: Html | string | null = null): Html {
  return html`<div class="notice ${kind}" role="${kind === 'bad' ? 'alert' : 'status'}">
    ${mood(kind, title)}${more === null ? '' : html`<div class="more">${typeof more === 'string' ? visible(more) : more}</div>`}
  </div>`;
}

/** A page, or a part of one, that has nothing to show yet: what it is for, and the next step. */
export function empty(title: string, next: Html): Html {
  return html`<div class="empty"><p class="title">${title}</p>${next}</div>`;
}
