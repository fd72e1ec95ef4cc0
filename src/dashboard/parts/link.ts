import { html } from 'hono/html';
import { type Html, theirs } from './html.ts';

/** The address, if a browser may be sent there: http and https only. Null: it may not. */
export function safeUrl(url: string | null | undefined): string | null {
  if (url === null || url === undefined) return null;
  try {
    const { protocol, href } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' ? href : null;
  } catch {
    return null;
  }
}

/** To a page of somebody else's, whom nothing tells where the reader came from. Text alone where the address is no web address. */
export function linkOut(url: string | null | undefined, text: string): Html {
  const href = safeUrl(url);
  if (href === null) return theirs(text);
  return html`<a href="${href}" rel="noreferrer noopener" target="_blank">${theirs(text)}</a>`;
}
