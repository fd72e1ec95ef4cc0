import type { Fault } from '../condition/condition-limits.ts';

/** A piece of a template. `start` is its offset, of a value that of its expression. */
export interface TemplatePart {
  readonly is: 'text' | 'value';
  /** As it is told, or the expression between the braces. */
  readonly text: string;
  readonly start: number;
}

type Parted = { readonly ok: true; readonly parts: readonly TemplatePart[] } | ({ readonly ok: false } & Fault);

/** `Order {{ payload.id }} paid` in its parts. Braces and quotes within an expression are its own. */
export function partsOfTemplate(template: string): Parted {
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < template.length) {
    const opens = template.indexOf('{{', at);
    const text = template.slice(at, opens < 0 ? template.length : opens);
    const fault = faultInText(text, at);
    if (fault !== null) return { ok: false, ...fault };
    if (text !== '') parts.push({ is: 'text', text, start: at });
    if (opens < 0) break;
    const start = opens + 2;
    const end = endOfValue(template, start);
    if (end === null)
      return { ok: false, start: opens, end: start, message: '`{{` begins a value, and no `}}` ends it.' };
    const value = template.slice(start, end);
    if (value.trim() === '') {
      const message = '`{{ }}` is empty: write what is told there, as in {{ activity.headline }}.';
      return { ok: false, start: opens, end: end + 2, message };
    }
    parts.push({ is: 'value', text: value, start });
    at = end + 2;
  }
  return { ok: true, parts };
}

/** A text of CEL's, in one quote or three. Behind a backslash no quote ends it, also where it is raw. */
const QUOTE = /"""|'''|["']/y;

/** Where the `}}` is that belongs to the `{{` before `from`. */
function endOfValue(template: string, from: number): number | null {
  let depth = 0;
  for (let at = from; at < template.length; at++) {
    QUOTE.lastIndex = at;
    const [quote] = QUOTE.exec(template) ?? [];
    if (quote !== undefined) {
      const end = endOfText(template, at + quote.length, quote);
      if (end === null) return null;
      at = end - 1;
    } else if (template[at] === '{') depth++;
    else if (template[at] === '}' && depth > 0) depth--;
    else if (template.startsWith('}}', at)) return at;
  }
  return null;
}

function endOfText(template: string, from: number, quote: string): number | null {
  for (let at = from; at < template.length; at++) {
    if (template.startsWith(quote, at)) return at + quote.length;
    if (template[at] === '\\') at++;
  }
  return null;
}

/** What other languages of templates have, and this one would tell as it stands. */
const SLIPS: readonly (readonly [pattern: RegExp, message: (found: string) => string])[] = [
  [
    /\{\s*(?:activity|payload)\b[^{}]*\}/,
    (found) => `a value stands in two braces: write {{ ${found.slice(1, -1).trim()} }}.`,
  ],
  [/\}\}/, () => '`}}` ends a value that no `{{` begins.'],
  [/\{%/, () => 'there are no statements: a choice is written {{ … ? "this" : "that" }}.'],
];

function faultInText(text: string, start: number): Fault | null {
  for (const [pattern, message] of SLIPS) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const at = start + found.index;
    return { message: message(found[0]), start: at, end: at + found[0].length };
  }
  return null;
}
