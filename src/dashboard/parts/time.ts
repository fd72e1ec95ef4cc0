import { html } from 'hono/html';
import { ago } from '../../shared/time-words.ts';
import type { Html } from './html.ts';

/** `2 min ago`, the exact time on hover. Where there is JavaScript it is in the reader's zone, and goes on. */
export function timeAgo(time: string, now: number): Html {
  return html`<time datetime="${time}" title="${exactly(time)}" data-ago>${ago(Date.parse(time), now)}</time>`;
}

/** The time itself, to the second. */
export function timeAt(time: string): Html {
  return html`<time datetime="${time}" title="${exactly(time)}" data-at>${exactly(time)}</time>`;
}

/** `2030-01-31 12:00:00 UTC` */
export function exactly(time: string): string {
  return time.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC');
}
