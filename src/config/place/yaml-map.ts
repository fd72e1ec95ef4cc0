import { type Document, isMap, isScalar, isSeq, type LineCounter } from 'yaml';
import type { Excerpt } from '../config-error.ts';
import { withinScalar } from './within-scalar.ts';

/** Keys and indices from the top of the file. */
export type Path = readonly (string | number)[];

/** Character offsets in the file, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface Place {
  /** The key, or for a mapping in a list its first key. */
  readonly key: Range | null;
  readonly value: Range | null;
  readonly isScalar: boolean;
}

/** Sections that hold no secrets. Elsewhere, everything but the values of plain keys is masked in excerpts. */
const OPEN = new Set<unknown>(['rules', 'defaults', 'repos', 'people', 'teams', 'retention', 'reminders', 'tests']);

/** Keys whose values are no secrets. */
export type PlainKeys = ReadonlySet<string>;

/** Whether a section of the file holds no secrets. */
export function isOpenSection(name: string | number | undefined): boolean {
  return OPEN.has(name);
}

/** Whether the value at `path` may be a secret, by its place. */
export function isSecretPlace(path: Path, plainKeys: PlainKeys): boolean {
  const name = path.findLast((segment) => typeof segment === 'string');
  return !isOpenSection(path[0]) && !plainKeys.has(name ?? '') && !plainKeys.has(`${path.at(-2) ?? ''}.*`);
}

/** Knows where each value of a YAML text stands, and quotes its lines without the secrets in them. */
export class YamlMap {
  readonly #text: string;
  readonly #plainKeys: PlainKeys;
  readonly #lines: LineCounter;
  readonly #places = new Map<string, Place>();
  readonly #secrets: Range[] = [];

  constructor(text: string, document: Document, lines: LineCounter, plainKeys: PlainKeys) {
    this.#text = text;
    this.#plainKeys = plainKeys;
    this.#lines = lines;
    this.#walk(document.contents, [], null);
  }

  /** The value at `path`, or what encloses it when the file does not hold it; the key where that points better. */
  find(path: Path, part: 'key' | 'value'): Range {
    for (let length = path.length; length > 0; length--) {
      const place = this.#places.get(keyOf(path.slice(0, length)));
      if (!place) continue;
      const range = part === 'key' || !place.isScalar ? (place.key ?? place.value) : (place.value ?? place.key);
      if (range) return range;
    }
    return { start: 0, end: 0 };
  }

  /** The first `needle` in the value at `path`; the whole value when it is written otherwise there. */
  findText(path: Path, needle: string): Range {
    const range = this.find(path, 'value');
    const start = this.#text.indexOf(needle, range.start);
    return start >= 0 && start < range.end ? { start, end: start + needle.length } : range;
  }

  /** A piece of the text at `path`, offsets into `value`; all of it when it is written otherwise there. */
  findWithin(path: Path, piece: Range, value: string): Range {
    const range = this.find(path, 'value');
    const within = withinScalar(this.#text.slice(range.start, range.end), value, piece);
    return within === null ? range : { start: range.start + within.start, end: range.start + within.end };
  }

  /** 1-based line and column, with the line as it may be shown. */
  quote(range: Range): { readonly line: number; readonly column: number; readonly excerpt: Excerpt } {
    const { line, col } = this.#lines.linePos(range.start);
    const start = this.#lines.lineStarts[line - 1] ?? 0;
    const newline = this.#text.indexOf('\n', start);
    const end = newline < 0 ? this.#text.length : newline;
    let text = this.#text.slice(start, end).replace(/\r$/, '');
    let offset = col - 1;
    let length = Math.min(range.end, start + text.length) - range.start;
    for (const secret of this.#secrets.toReversed()) {
      const from = Math.max(secret.start - start, 0);
      const to = Math.min(secret.end - start, text.length);
      if (from >= to) continue;
      const change = MASK.length - (to - from);
      text = text.slice(0, from) + MASK + text.slice(to);
      if (from <= offset && offset < to) [offset, length] = [from, MASK.length];
      else if (from < offset) offset += change;
      else if (from < offset + length) length += change;
    }
    return { line, column: col, excerpt: { line, text, offset, length: Math.max(1, length) } };
  }

  /** The whole text as it may be shown: what may be a secret, and is no variable, is masked. */
  shown(): string {
    let text = this.#text;
    for (const { start, end } of this.#secrets.toReversed()) {
      // A block scalar ends with its line, and what follows begins the next one.
      const newline = text[end - 1] === '\n' ? '\n' : '';
      text = `${text.slice(0, start)}${MASK}${newline}${text.slice(end)}`;
    }
    return text;
  }

  /** Where the tag and the anchor of a value begin: a secret that begins with `!` or `&` is taken for one. */
  #marksBefore(start: number): number {
    const lineStart = this.#text.lastIndexOf('\n', start - 1) + 1;
    const marks = /(?:[!&]\S*\s+)+$/.exec(this.#text.slice(lineStart, start))?.[0] ?? '';
    return start - marks.length;
  }

  #isSecret(path: Path, source: string): boolean {
    return isSecretPlace(path, this.#plainKeys) && !VARIABLE_ALONE.test(source);
  }

  /** Does not follow aliases: what is wrong in a repeated part is shown where it is repeated. */
  #walk(node: unknown, path: Path, key: Range | null): void {
    if (isMap(node)) {
      const first = isScalar(node.items[0]?.key) ? rangeOf(node.items[0].key) : null;
      this.#places.set(keyOf(path), { key: key ?? first, value: rangeOf(node), isScalar: false });
      for (const pair of node.items) {
        const name = isScalar(pair.key) ? String(pair.key.value) : null;
        if (name !== null) this.#walk(pair.value, [...path, name], rangeOf(pair.key));
      }
    } else if (isSeq(node)) {
      this.#places.set(keyOf(path), { key, value: rangeOf(node), isScalar: false });
      for (const [index, item] of node.items.entries()) this.#walk(item, [...path, index], null);
    } else {
      const value = rangeOf(node);
      this.#places.set(keyOf(path), { key, value, isScalar: true });
      if (value && isScalar(node) && this.#isSecret(path, this.#text.slice(value.start, value.end)))
        this.#secrets.push({ start: this.#marksBefore(value.start), end: value.end });
    }
  }
}

const MASK = '[secret]';

/** A lone `$` is what YAML makes of a variable without quotes inside `{ }`. */
const VARIABLE_ALONE = /^(?:\$|"\$\{\w+\}"|'\$\{\w+\}'|\$\{\w+\})$/;

function rangeOf(node: unknown): Range | null {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return null;
  const [start, end] = node.range as [number, number, number];
  return start < end ? { start, end } : null;
}

/** Paths as map keys; JSON keeps `["a.b"]` and `["a","b"]` apart. */
function keyOf(path: Path): string {
  return JSON.stringify(path);
}
