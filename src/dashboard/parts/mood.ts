import { html } from 'hono/html';
import type { Mood } from '../../http/api/answers/common.ts';
import { type Html, visible } from './html.ts';

const SIGNS: Readonly<Record<Mood, string>> = { good: '✓', busy: '○', bad: '✕', quiet: '–' };

/** How something stands: a word, a sign and a colour, so that none of them is needed alone. */
export function mood(kind: Mood, word: Html | string, sign = SIGNS[kind]): Html {
  return html`<span class="mood ${kind}"><span class="sign" aria-hidden="true">${sign}</span>${typeof word === 'string' ? visible(word) : word}</span>`;
}
