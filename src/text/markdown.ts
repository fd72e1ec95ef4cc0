import { type Piece, parseInline } from './inline.ts';
import { plain, withoutComments } from './plain.ts';

export type Line =
  | { readonly kind: 'text' | 'heading' | 'quote'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'code'; readonly text: string };

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const HEADING = /^ {0,3}#{1,6}[ \t]+(.*)$/;
const QUOTE = /^ {0,3}>[> ]{0,20}/;
const ITEM = /^([ \t]{0,16})(?:[-*+]|(\d{1,9}[.)]))[ \t]+(\[[ xX]\][ \t]+)?/;
const RULE = /^[ \t]*(?:[-_*=][ \t]*){3,}$/;
const TABLE_RULE = /^[ \t|:-]*$/;
const REFERENCE = /^ {0,3}\[[^\]]{1,200}\]:[ \t]/;

/**
 * GitHub Markdown as lines, for renderers that show an excerpt: comments, rules, link references, blank lines and empty
 * headings are gone. Reads at most `length` characters, in time linear to that.
 */
export function parseMarkdown(markdown: string, length: number): readonly Line[] {
  // The cut may leave half a pair behind.
  const input = withoutComments(plain(markdown))
    .slice(0, length)
    .replace(/\p{Cs}$/u, '');
  return dropEmptyHeadings(parseLines(input));
}

function parseLines(markdown: string): readonly Line[] {
  const lines: Line[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    if (fence !== null) {
      if (mark !== undefined && mark[0] === fence[0] && mark.length >= fence.length) fence = null;
      else lines.push({ kind: 'code', text: line });
    } else if (mark !== undefined) fence = mark;
    else {
      const parsed = parseLine(line);
      if (parsed) lines.push(parsed);
    }
  }
  return lines;
}

function parseLine(line: string): Line | null {
  if (line.trim() === '' || REFERENCE.test(line) || isRule(line)) return null;
  const heading = HEADING.exec(line)?.[1];
  if (heading !== undefined) return toLine('heading', withoutTail(heading));
  const quote = QUOTE.exec(line)?.[0];
  if (quote !== undefined) return toLine('quote', line.slice(quote.length));
  const item = ITEM.exec(line);
  if (item) {
    const [all, indent = '', number, task] = item;
    const bullet = task ? (task[1] === ' ' ? '☐' : '☑') : (number ?? '•');
    const pieces = parseInline(line.slice(all.length));
    return {
      kind: 'text',
      pieces: [{ kind: 'words', text: `${'  '.repeat(indent.length >> 1)}${bullet} ` }, ...pieces],
    };
  }
  const row = line.trim();
  if (row.startsWith('|') && row.endsWith('|') && row.length > 1) return toLine('text', cells(row));
  return toLine('text', line);
}

/** The closing `##` of a heading; a pattern for it would be quadratic. */
function withoutTail(heading: string): string {
  let end = heading.length;
  while (end > 0 && '# \t'.includes(heading[end - 1] ?? '')) end--;
  return heading.slice(0, end);
}

function toLine(kind: 'text' | 'heading' | 'quote', text: string): Line | null {
  const pieces = parseInline(text.trim());
  return pieces.some((piece) => piece.kind !== 'words' || piece.text.trim() !== '') ? { kind, pieces } : null;
}

/** Longer lines are no rules, whatever they consist of: this keeps the patterns cheap. */
function isRule(line: string): boolean {
  if (line.length > 200) return false;
  return RULE.test(line) || (TABLE_RULE.test(line) && line.includes('|') && line.includes('-'));
}

function cells(row: string): string {
  return row
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim())
    .filter(Boolean)
    .join(' · ');
}

/** Templates leave headings behind with nothing under them; one at the very top only repeats the title. */
function dropEmptyHeadings(lines: readonly Line[]): readonly Line[] {
  const kept = lines.filter((line, index) => {
    if (line.kind !== 'heading') return true;
    const next = lines[index + 1];
    return index > 0 && next !== undefined && next.kind !== 'heading';
  });
  return kept.length > 0 ? kept : lines;
}
