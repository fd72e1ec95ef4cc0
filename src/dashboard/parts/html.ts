import { html } from 'hono/html';

/** Escaped by `hono/html`. Nothing here is ever made with `raw()`. */
export type Html = ReturnType<typeof html>;

export const NOTHING = html``;

/** What others wrote: no writing direction of it reaches what stands beside it. */
export function theirs(text: string): Html {
  return html`<bdi>${visible(text)}</bdi>`;
}

/** Control characters that would be invisible, or turn a line around, become marks: what is shown is what is there. */
export function visible(text: string): string {
  return text.replaceAll(HIDDEN, '\u{FFFD}');
}

// Of controls, tab and line ends stay; overrides and isolates of direction go, marks of direction (200E, 200F) stay.
const HIDDEN = /(?![\t\n\r])\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** `text`, cut where it is longer than a page should show. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // Not between the halves of a pair.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, end)}…`;
}
