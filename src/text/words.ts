import type { Counted } from '../model/activity.ts';

const NAMES_SHOWN = 3;

export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A provider's names as words, at most 60 characters: `code_scanning_alert` → `code scanning alert`. */
export function spaced(name: string): string {
  return name.slice(0, 60).replace(/[_-]+/g, ' ').trim();
}

/** `1,204` */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 commit`, `3 commits` */
export function counted(count: number, noun: Counted): string {
  const [one, many] = typeof noun === 'string' ? [noun, plural(noun)] : noun;
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** `branches`, `repositories`; some nouns are plurals: `custom properties`. */
function plural(noun: string): string {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  if (isPlural(noun)) return noun;
  return /(?:s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
}

/** `custom properties`, but not `access`, `status` or `analysis`. */
function isPlural(noun: string): boolean {
  return /[^sui]s$/.test(noun);
}

/** `an issue`, `a user`, `custom properties` */
export function withArticle(noun: string): string {
  if (noun === '' || isPlural(noun)) return noun;
  return /^(?:[aeio]|u(?!ni|se))/i.test(noun) ? `an ${noun}` : `a ${noun}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joined(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** `api, web, docs and 4 more`; null for none. */
export function enumerated(names: readonly string[], shown = NAMES_SHOWN): string | null {
  const hidden = names.length - shown;
  if (names.length === 0) return null;
  return hidden <= 0 ? names.join(', ') : `${names.slice(0, shown).join(', ')} and ${grouped(hidden)} more`;
}
