import { html } from 'hono/html';
import { cut, type Html, visible } from '../../parts/html.ts';

/** What a page shows of a payload: the rest is behind `Raw payload`. */
export const MOST_NODES = 1_500;
const MOST_DEEP = 24;
const MOST_TEXT = 2_000;
/** Characters. GitHub's payloads have 20,000, and 25 million at most. */
const MOST_PARSED = 4_000_000;
/** Levels that are open at first. */
const OPEN_LEVELS = 2;

type ReadPayload =
  | { readonly isJson: true; readonly value: unknown }
  | { readonly isJson: false; readonly why: string };

/** A number as it was written: what JavaScript makes of `12345678901234567890` is another one. */
class Written {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** JSON, or a form with JSON in `payload`. */
export function readPayload(body: string): ReadPayload {
  if (body === '') return { isJson: false, why: 'It is empty.' };
  if (body.length > MOST_PARSED) return { isJson: false, why: 'It is too large to be shown as a tree.' };
  const text = body.startsWith('payload=') ? (new URLSearchParams(body).get('payload') ?? body) : body;
  try {
    return { isJson: true, value: /\d{16}|\d[eE.]\d/.test(text) ? parseAsWritten(text) : JSON.parse(text) };
  } catch (error) {
    const isDeep = error instanceof RangeError;
    return {
      isJson: false,
      why: isDeep ? 'It is nested too deeply to be shown as a tree.' : 'It is not JSON, so it is shown as it came.',
    };
  }
}

function parseAsWritten(text: string): unknown {
  // Of ES2025: `source` is the text of a number, a string, a boolean or null.
  const keep = (_key: string, value: unknown, { source }: { readonly source?: string }) =>
    typeof value === 'number' && source !== undefined && source !== String(value) ? new Written(source) : value;
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown);
}

/** Nested lists that open and close by themselves. `data-k` and `data-i` say where each line stands, for tree.js. */
export function payloadTree(value: unknown): Html {
  const budget = { left: MOST_NODES };
  const shown = node(null, value, 0, budget);
  const isCut = budget.left <= 0;
  return html`<ul class="tree" data-tree>${shown}</ul>${isCut ? html`<p class="muted">The first ${MOST_NODES} values are shown. “Raw payload” has all.</p>` : ''}`;
}

type Key = { readonly k: string } | { readonly i: number } | null;

function node(key: Key, value: unknown, depth: number, budget: { left: number }): Html {
  budget.left -= 1;
  if (typeof value !== 'object' || value === null || value instanceof Written)
    return html`<li ${place(key)}>${label(key)}${leaf(value)}</li>`;
  const isList = Array.isArray(value);
  const keys = isList ? null : Object.keys(value);
  const size = isList ? value.length : (keys?.length ?? 0);
  const [from, to] = isList ? ['[', ']'] : ['{', '}'];
  if (size === 0) return html`<li ${place(key)}>${label(key)}<span class="p">${from}${to}</span></li>`;
  const count = html`<span class="n">${size}</span>`;
  if (depth >= MOST_DEEP)
    return html`<li ${place(key)}>${label(key)}<span class="p">${from}…${to}</span> ${count} <span class="muted">too deep to be shown here</span></li>`;
  const inside = [];
  for (let i = 0; i < size; i++) {
    if (budget.left <= 0) {
      inside.push(html`<li class="muted">… ${size - i} more</li>`);
      break;
    }
    const k = keys?.[i];
    const [at, each] =
      k === undefined ? [{ i }, (value as readonly unknown[])[i]] : [{ k }, (value as Record<string, unknown>)[k]];
    inside.push(node(at, each, depth + 1, budget));
  }
  const isOpen = depth < OPEN_LEVELS && (depth === 0 || size <= 20);
  return html`<li ${place(key)}><details ${isOpen ? html`open` : ''}><summary>${label(key)}<span class="p">${from}</span>${count}<span class="p">${to}</span></summary><ul>${inside}</ul></details></li>`;
}

function place(key: Key): Html {
  if (key === null) return html``;
  return 'k' in key ? html`data-k="${key.k}"` : html`data-i="${key.i}"`;
}

function label(key: Key): Html {
  if (key === null) return html``;
  return html`<span class="k">${'k' in key ? visible(cut(key.k, 200)) : key.i}</span>`;
}

function leaf(value: unknown): Html {
  if (value instanceof Written) return html`<span class="v d">${cut(value.text, MOST_TEXT)}</span>`;
  if (typeof value === 'string') return html`<span class="v s">${visible(cut(value, MOST_TEXT))}</span>`;
  return html`<span class="v ${value === null ? 'z' : typeof value === 'boolean' ? 'b' : 'd'}">${String(value)}</span>`;
}
