import {
  alertIn,
  cellsIn,
  definitionIn,
  fenceIn,
  headingIn,
  isHtmlBlock,
  isRowRule,
  isRule,
  isUnderline,
  itemIn,
  quoteIn,
  taskIn,
} from './block-signs.ts';
import { footnoteSign } from './inline.ts';

/** A paragraph, heading, row or line of code, and where it stands. */
export interface Block {
  readonly kind: 'text' | 'html' | 'heading' | 'code';
  /** Inline Markdown, its lines as they were written. */
  readonly text: string;
  readonly bullet: string;
  readonly quote: number;
  readonly indent: number;
}

type Container =
  | { readonly kind: 'quote'; readonly isAlert: boolean }
  | { readonly kind: 'item'; readonly content: number };

type Leaf =
  | { readonly kind: 'text' | 'html'; readonly lines: string[] }
  | { readonly kind: 'fence'; readonly sign: string; readonly indent: number }
  | { readonly kind: 'table' | 'indented' };

/** Deeper than this nothing is told apart: what it begins with stays text. */
const DEPTH = 12;
/** A paragraph is read so far: more is never shown. */
const PARAGRAPH = 6_000;

/**
 * Markdown's blocks in their order, read as they are asked for: https://spec.commonmark.org/0.31.2/#phase-1-block-structure,
 * with GitHub's tables, alerts and tasks. Rules, definitions and blank lines are gone. Linear.
 */
export function* blocksIn(markdown: string): Generator<Block> {
  const reader = new BlockReader();
  for (const line of markdown.split('\n')) yield* reader.line(withoutTabs(line));
  yield* reader.end();
}

/** Tabs before the text count up to the next of every four columns. */
function withoutTabs(line: string): string {
  if (!line.includes('\t')) return line;
  const [blanks = ''] = /^[ \t]{0,200}/.exec(line) ?? [];
  return blanks.replace(/ {0,3}\t/g, '    ') + line.slice(blanks.length).replace(/^([-*+>]|\d{1,9}[.)])\t/, '$1 ');
}

class BlockReader {
  readonly #containers: Container[] = [];
  /** The number of the last item of a list, by how deep the list is. */
  readonly #numbers = new Map<number, { readonly delimiter: string; readonly number: number | null }>();
  #leaf: Leaf | null = null;
  /** What the next block begins with. */
  #bullet = '';
  #sign = '';

  *line(line: string): Generator<Block> {
    const { matched, rest } = this.#match(line);
    const isWithin = matched === this.#containers.length;
    if (isWithin && this.#leaf?.kind === 'fence') return yield* this.#inFence(rest, this.#leaf);
    if (rest.trim() === '') return yield* this.#blank(matched);
    if (isWithin && this.#leaf?.kind === 'html') return void this.#leaf.lines.push(rest);
    const text = yield* this.#open(matched, rest);
    if (text === rest && !isWithin && this.#isLazy(text)) {
      if (this.#leaf?.kind === 'text') this.#leaf.lines.push(text.trimStart());
      return;
    }
    if (text === rest && !isWithin) yield* this.#closeTo(matched);
    yield* this.#leafLine(text);
  }

  *end(): Generator<Block> {
    yield* this.#closeTo(0);
  }

  /** How many of the open containers go on with this line, and what is left of it. */
  #match(line: string): { readonly matched: number; readonly rest: string } {
    let rest = line;
    let matched = 0;
    for (const container of this.#containers) {
      if (container.kind === 'quote') {
        const length = quoteIn(rest);
        if (length === 0) break;
        rest = rest.slice(length);
      } else if (rest.trim() !== '') {
        if (indentOf(rest) < container.content) break;
        rest = rest.slice(container.content);
      }
      matched++;
    }
    return { matched, rest };
  }

  /** Code keeps its blank lines, all else ends. */
  *#blank(matched: number): Generator<Block> {
    if (this.#leaf?.kind === 'indented') return;
    const ended = this.#containers.findIndex(({ kind }, index) => index >= matched && kind === 'quote');
    if (ended >= 0) yield* this.#closeTo(ended);
    else yield* this.#closeLeaf();
  }

  /** Opens the quotes and items that the line begins; what is left of it. */
  *#open(matched: number, line: string): Generator<Block, string> {
    let rest = line;
    let depth = matched;
    while (depth < DEPTH && indentOf(rest) < 4) {
      const quote = quoteIn(rest);
      const item = quote === 0 ? itemIn(rest) : null;
      if (quote === 0 && (item === null || !this.#mayBegin(item.number, item.rest, depth))) break;
      yield* this.#closeTo(depth);
      if (item === null) {
        rest = rest.slice(quote);
        const sign = alertIn(rest.trim());
        this.#containers.push({ kind: 'quote', isAlert: sign !== null });
        if (sign !== null) [this.#sign, rest] = [`${sign} `, ''];
      } else {
        this.#begin(item.delimiter, item.number, item.content);
        rest = this.#task(item.rest);
      }
      depth++;
    }
    return rest;
  }

  /** Within a paragraph only a list that begins with 1, and has a text, is one. */
  #mayBegin(number: number | null, text: string, depth: number): boolean {
    if (this.#leaf?.kind !== 'text' || depth < this.#containers.length) return true;
    return text.trim() !== '' && (number === null || number === 1);
  }

  #begin(delimiter: string, written: number | null, content: number): void {
    const depth = this.#containers.length;
    const before = this.#numbers.get(depth);
    const isNext = before?.delimiter === delimiter && before.number !== null && written !== null;
    const number = isNext ? (before.number ?? 0) + 1 : written;
    this.#numbers.set(depth, { delimiter, number });
    this.#containers.push({ kind: 'item', content });
    this.#bullet = number === null ? '•' : `${number}.`;
  }

  #task(text: string): string {
    const task = taskIn(text);
    if (task === null) return text;
    this.#bullet = task.box;
    return task.rest;
  }

  /** The text of a paragraph may go on without the signs of what it is in. */
  #isLazy(text: string): boolean {
    return this.#leaf?.kind === 'text' && fenceIn(text) === null && headingIn(text) === null && !isRule(text);
  }

  *#inFence(line: string, { sign, indent }: Leaf & { readonly kind: 'fence' }): Generator<Block> {
    const mark = fenceIn(line);
    const isEnd = mark?.[0] === sign[0] && (mark?.length ?? 0) >= sign.length && line.trim() === mark;
    if (isEnd) this.#leaf = null;
    else yield this.#block('code', line.slice(Math.min(indent, indentOf(line))));
  }

  *#leafLine(line: string): Generator<Block> {
    if (line.trim() === '') return;
    const leaf = this.#leaf;
    if (indentOf(line) >= 4 && leaf?.kind !== 'text' && leaf?.kind !== 'table') {
      this.#leaf = { kind: 'indented' };
      return yield this.#block('code', line.slice(4));
    }
    const fence = fenceIn(line);
    if (fence !== null) {
      yield* this.#closeLeaf();
      this.#leaf = { kind: 'fence', sign: fence, indent: indentOf(line) };
      return;
    }
    const heading = headingIn(line);
    if (heading !== null) {
      yield* this.#closeLeaf();
      return yield this.#block('heading', heading);
    }
    if (leaf?.kind === 'text') return yield* this.#inParagraph(line, leaf.lines);
    if (leaf?.kind === 'table') return yield this.#block('text', rowText(line));
    if (!isRule(line) && !isUnderline(line)) this.#paragraph(line);
  }

  *#inParagraph(line: string, lines: string[]): Generator<Block> {
    const above = lines.at(-1) ?? '';
    if (isRowRule(line, above)) {
      lines.pop();
      yield* this.#closeLeaf();
      this.#leaf = { kind: 'table' };
      return yield this.#block('text', rowText(above));
    }
    // Below several lines it is meant as a rule, whatever GitHub makes of it.
    if (isUnderline(line) && lines.length === 1) {
      this.#leaf = null;
      return yield this.#block('heading', above);
    }
    if (isRule(line) || isUnderline(line)) return yield* this.#closeLeaf();
    lines.push(line.trimStart());
  }

  #paragraph(line: string): void {
    const definition = definitionIn(line);
    if (definition === null) this.#leaf = { kind: isHtmlBlock(line) ? 'html' : 'text', lines: [line.trimStart()] };
    else if (definition.name.startsWith('^')) {
      const sign = footnoteSign(definition.name.slice(1));
      this.#leaf = { kind: 'text', lines: [`${sign} ${definition.rest.trim()}`] };
    } else this.#leaf = null;
  }

  *#closeTo(depth: number): Generator<Block> {
    yield* this.#closeLeaf();
    if (depth < this.#containers.length) [this.#bullet, this.#sign] = ['', ''];
    this.#containers.length = depth;
  }

  *#closeLeaf(): Generator<Block> {
    const leaf = this.#leaf;
    this.#leaf = null;
    if ((leaf?.kind === 'text' || leaf?.kind === 'html') && leaf.lines.length > 0) {
      yield this.#block(leaf.kind, leaf.lines.join('\n').slice(0, PARAGRAPH));
    }
  }

  #block(kind: Block['kind'], text: string): Block {
    const items = this.#containers.filter((container) => container.kind === 'item').length;
    const quote = this.#containers.filter((container) => container.kind === 'quote' && !container.isAlert).length;
    // What stands between two lists ends the first.
    for (const depth of this.#numbers.keys()) if (depth >= this.#containers.length) this.#numbers.delete(depth);
    const [bullet, sign] = [this.#bullet, kind === 'code' ? '' : this.#sign];
    this.#bullet = '';
    if (kind !== 'code') this.#sign = '';
    return { kind, text: sign + text, bullet, quote, indent: bullet === '' ? items : items - 1 };
  }
}

function rowText(row: string): string {
  return cellsIn(row).filter(Boolean).join(' · ');
}

function indentOf(line: string): number {
  const at = line.search(/[^ ]/);
  return at < 0 ? line.length : at;
}
