import { cellsIn, isRowRule } from '../markdown/block-signs.ts';
import { decoded } from '../markdown/entities.ts';

/*
 * What bots write is Markdown with HTML in it, of few and known shapes. Every pattern stops at the first character that could
 * begin its like anew, or after a bounded number of others: a body of brackets is read once.
 */
const IMAGE = /!\[[^[\]]{0,300}\]\([^()]{0,2000}\)/g;
const LINK = /\[([^[\]]{0,300})\]\(([^\s()<>]{0,1000}(?:\([^\s()<>]{0,300}\)[^\s()<>]{0,300})?)(?: "[^"]{0,300}")?\)/g;
const ANCHOR = /<a [^<>]{0,200}?href="([^"<>\s]{1,1000})"[^<>]{0,200}>([^<>]{0,300})<\/a>/g;
/** In code there are no tags: `Map<string>` stays whole. */
const CODE_OR_TAG = /`([^`]{0,300})`|<\/?[a-zA-Z][^<>]{0,1000}>/g;
const COMMENT = /<!--[^<>]{0,1000}-->/g;

/** No line that says something is longer. */
const READ = 2_000;

export interface Link {
  readonly text: string;
  readonly url: string;
}

/** The links of a line, in Markdown or HTML, pictures left out. */
export function linksIn(line: string): readonly Link[] {
  if (!line.includes('](') && !line.includes('<a ')) return [];
  const read = line.slice(0, READ).replace(IMAGE, '');
  return [
    ...Array.from(read.matchAll(LINK), ([, text = '', url = '']) => ({ text: words(text), url })),
    ...Array.from(read.matchAll(ANCHOR), ([, url = '', text = '']) => ({ text: words(text), url })),
  ];
}

/** Where its first link leads; null: it has none. */
export function urlIn(line: string): string | null {
  return linksIn(line)[0]?.url ?? null;
}

/** What a line of Markdown or HTML says, as plain text on one line: without pictures, addresses and marks. */
export function words(line: string): string {
  let read = line.slice(0, READ);
  if (/[[\\<&`*]/.test(read)) {
    read = read
      .replace(COMMENT, '')
      .replace(IMAGE, '')
      .replace(LINK, '$1')
      .replace(CODE_OR_TAG, (_, code: string | undefined) => code ?? '')
      .replace(/\*\*|`|\\(?=[!-/:-@[-_{-~])/g, '');
  }
  return decoded(read).replace(/\s+/gu, ' ').trim();
}

/** An entry of a changelog without `(#12)`, `(3f2a1bc)`, `, closes #9`. */
export function withoutReferences(entry: string): string {
  return entry
    .replace(/[ ,]{0,3}\(([^()]{1,200})\)/g, (all, inside: string) => (isReferences(inside) ? '' : all))
    .replace(/,? (?:closes|fixes)(?:[ ,]|#\d{1,9}){1,20}$/, '')
    .replace(/ #\d{1,9}$/, '')
    .trim();
}

function isReferences(inside: string): boolean {
  return inside
    .split(/[\s,]+/)
    .every((one) => /^(?:\S{0,60}#\d{1,9}|[0-9a-f]{5,40}|closes|fixes|via|by|@\S{1,40}|)$/.test(one));
}

export interface Table {
  /** In lower case. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The tables of GitHub's Markdown in these lines. */
export function tablesIn(lines: readonly string[]): readonly Table[] {
  const tables: Table[] = [];
  for (let at = 1; at < lines.length; at++) {
    const head = lines[at - 1] ?? '';
    if (!head.includes('|') || !isRowRule(lines[at] ?? '', head)) continue;
    const rows: (readonly string[])[] = [];
    while (lines[at + 1]?.includes('|')) rows.push(cellsIn(lines[++at] ?? ''));
    tables.push({ columns: cellsIn(head).map((cell) => words(cell).toLowerCase()), rows });
  }
  return tables;
}

/** Lines outside of every `<details>`: what bots quote of others stands inside. */
export function outside(lines: readonly string[]): readonly string[] {
  let depth = 0;
  return lines.filter((line) => {
    const wasInside = depth > 0;
    if (line.includes('details>')) {
      depth = Math.max(0, depth + line.split('<details').length - line.split('</details>').length);
    }
    return !wasInside && depth === 0;
  });
}
