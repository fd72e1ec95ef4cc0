import type { Range } from './yaml-map.ts';

type Slip = Range & { readonly message: string };

const LINE = /^([ \t]*(?:- )?template:[ \t]+)(\S.*?)[ \t]*$/gm;

/** In `{ on: push, template: … }` nobody knows where it was to end. */
const WITHIN = /(?<=[{,][ \t]*template:[ \t]+)[^"'\s][^"'\n]*/g;

/**
 * `template: {{ payload.id }} paid`: what YAML makes something else of. `broken`: where the file is no YAML; undefined: it is, and
 * perhaps does not mean what it seems to mean.
 */
export function unquotedTemplate(text: string, broken?: number): Slip | undefined {
  for (const { index, 1: before = '', 2: value = '' } of text.matchAll(LINE)) {
    const start = index + before.length;
    const end = start + value.length;
    if (!value.includes('{{')) continue;
    const isHere = broken !== undefined && broken >= index && broken <= end;
    if (!isHere && !isLost(value)) continue;
    const bare = /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
    return { start, end, message: `in YAML a text with braces is put in quotes: write ${quoted(bare)}.` };
  }
  for (const { index, 0: value } of text.matchAll(WITHIN)) {
    const [start, end] = [index, index + value.length];
    const isHere = broken !== undefined && broken >= start && broken <= end;
    if (!value.includes('{{') || !(isHere || value.startsWith('{{'))) continue;
    return { start, end, message: 'in YAML a text with braces is put in quotes.' };
  }
  return undefined;
}

/** A mapping, or the half of it a comment. */
function isLost(value: string): boolean {
  return value.startsWith('{{') || (!/^["'|>]/.test(value) && /\s#.*(?:\{\{|\}\})/.test(value));
}

function quoted(text: string): string {
  return text.includes('"') ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}
