import { html } from 'hono/html';
import { type Html, visible } from './html.ts';

/** A command to type. Where there is JavaScript a button copies it. */
export function command(line: string): Html {
  return html`<span class="command"><code>${visible(line)}</code>${copyButton()}</span>`;
}

/** The whole line of a command that may or may not say how the program is called here. */
export function typed(line: string, invocation: string): string {
  return line.startsWith(`${invocation} `) ? line : `${invocation} ${line}`;
}

/** Copies the text of the `code` or `pre` that stands before it. Hidden until there is JavaScript. */
export function copyButton(label = 'Copy'): Html {
  return html`<button type="button" class="quiet copy" data-copy hidden>${label}</button>`;
}
