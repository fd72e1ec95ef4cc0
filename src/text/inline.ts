import { honestUrl, hostOf, isDisguised } from './honest-url.ts';
import { cut, isWord, oneLine } from './plain.ts';

/** Part of one line: words may be cut anywhere, code and links have borders of their own, marks come in pairs. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string; readonly text: string; readonly isImage: boolean }
  | { readonly kind: 'mark'; readonly mark: Mark; readonly opens: boolean };
export type Mark = '*' | '_' | '~';

/** A run of `*`, `_` or `~` until its partner is found; without one it is words. */
type Run = { kind: 'run'; text: string; mark: Mark | null; opens: boolean };

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  apos: "'",
  nbsp: ' ',
};

const URL_LIMIT = 1000;

/*
 * Every pattern is sticky and stops at the first character that could begin something else, so that no part of a line is
 * read more than a few times: 100 kB of brackets take milliseconds.
 */
const WORDS = /[^\\`*_~[\]!<&h]+/y;
const RUN = /\*+|_+|~+/y;
const TICKS = /`+/y;
const ENTITY = /&(amp|lt|gt|quot|apos|nbsp|#39);/y;
const BARE_URL = /https?:\/\/[^\s<>`"\\]+/y;
const AUTOLINK = /<(https?:\/\/[^\s<>]{1,2000})>/y;
const TAG = /<\/?[a-zA-Z][^<>]{0,2000}>/y;
const TARGET =
  /\([ \t]{0,3}<?([^\s()<>]{0,2000}(?:\([^\s()<>]{0,2000}\)[^\s()<>]{0,2000}){0,3})>?(?:[ \t]{1,3}(?:"[^"]{0,500}"|'[^']{0,500}'))?[ \t]{0,3}\)/y;

/** One line of GitHub Markdown as pieces. Linear in its length. */
export function parseInline(line: string): readonly Piece[] {
  return joined(new InlineReader(line).read());
}

/** Reads one line from its start to its end, a piece at a time: each step leaves `#at` behind what it took. */
class InlineReader {
  readonly #line: string;
  readonly #brackets: ReadonlyMap<number, number>;
  readonly #ticks: TickRuns;
  readonly #pieces: (Piece | Run)[] = [];
  readonly #openers = new Map<string, number>();
  #at = 0;

  constructor(line: string) {
    this.#line = line;
    this.#brackets = pairBrackets(line);
    this.#ticks = new TickRuns(line);
  }

  read(): readonly (Piece | Run)[] {
    while (this.#at < this.#line.length) {
      const plainWords = this.#eat(WORDS);
      if (plainWords) this.#words(plainWords[0]);
      else this.#special(this.#line[this.#at] ?? '', this.#line[this.#at + 1]);
    }
    return this.#pieces;
  }

  #special(character: string, next: string | undefined): void {
    if (character === '\\' && /[!-/:-@[-`{-~]/.test(next ?? '')) this.#escaped(next ?? '');
    else if (character === '`') this.#code();
    else if (character === '*' || character === '_' || character === '~') this.#run();
    else if (character === '!' && next === '[' && this.#linkAt(this.#at + 1, true)) return;
    else if (character === '[' && this.#linkAt(this.#at, false)) return;
    else if (character === 'h' && !isWord(this.#line[this.#at - 1])) this.#bareUrl();
    else this.#angleOrEntity();
  }

  #escaped(character: string): void {
    this.#words(character);
    this.#at += 2;
  }

  #code(): void {
    const open = this.#eat(TICKS)?.[0] ?? '`';
    const close = this.#ticks.next(open.length, this.#at);
    if (close === undefined) return this.#words(open);
    this.#pieces.push({ kind: 'code', text: this.#line.slice(this.#at, close).trim() });
    this.#at = close + open.length;
  }

  #run(): void {
    const before = this.#line[this.#at - 1];
    const text = this.#eat(RUN)?.[0] ?? '';
    placeRun(this.#pieces, this.#openers, text, before, this.#line[this.#at]);
  }

  /** False: no link begins at this bracket. */
  #linkAt(bracket: number, isImage: boolean): boolean {
    const close = this.#brackets.get(bracket);
    if (close === undefined || this.#line[close + 1] !== '(') return false;
    TARGET.lastIndex = close + 1;
    const target = TARGET.exec(this.#line);
    if (!target) return false;
    const text = flatten(this.#line.slice(bracket + 1, close)) || (isImage ? 'image' : '');
    this.#at = TARGET.lastIndex;
    this.#link(target[1] ?? '', text, isImage);
    return true;
  }

  #bareUrl(): void {
    const start = this.#at;
    const url = this.#eat(BARE_URL);
    if (!url) return this.#oneCharacter();
    const text = trimUrl(url[0]);
    this.#at = start + text.length;
    this.#link(text, text);
  }

  #angleOrEntity(): void {
    const entity = this.#eat(ENTITY);
    if (entity) return this.#words(ENTITIES[entity[1] ?? ''] ?? '');
    const autolink = this.#eat(AUTOLINK);
    if (autolink) return this.#link(autolink[1] ?? '', autolink[1] ?? '');
    if (!this.#eat(TAG)) this.#oneCharacter();
  }

  #eat(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#line);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  #oneCharacter(): void {
    this.#words(this.#line[this.#at++] ?? '');
  }

  #words(text: string): void {
    const last = this.#pieces.at(-1);
    if (last?.kind === 'words') this.#pieces[this.#pieces.length - 1] = { kind: 'words', text: last.text + text };
    else this.#pieces.push({ kind: 'words', text });
  }

  /** What is no honest link is words. */
  #link(url: string, text: string, isImage = false): void {
    const link = honestLink(url, text, isImage);
    if (link) this.#pieces.push(link);
    else this.#words(text);
  }
}

/**
 * A link that says where it goes: beside a text that names another host stands the real one. An address with letters that
 * only look like others shows as it is resolved, `xn--…`.
 */
function honestLink(url: string, text: string, isImage = false): Piece | null {
  const target = honestUrl(url, URL_LIMIT);
  if (target === null) return null;
  const link = { kind: 'link', url: target, isImage } as const;
  const shown = cut(oneLine(text), 100);
  const isFalse = isDisguised(target, shown);
  if (shown === '' || (isFalse && shown.includes('://'))) return { ...link, text: cut(target, 100) };
  return { ...link, text: isFalse ? `${shown} (${hostOf(target).replace(/^www\./, '')})` : shown };
}

/** What a link shows, without pictures, tags and marks of its own. */
function flatten(label: string): string {
  return oneLine(
    label
      .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
      .replace(/<[^<>]*>/g, '')
      .replace(/\*\*|__|~~|`/g, ''),
  );
}

/** Punctuation at the end of a bare URL belongs to the sentence around it. */
function trimUrl(url: string): string {
  const trailing = url.includes('(') ? '.,:;!?\'"*_~]' : '.,:;!?\'"*_~])';
  let end = url.length;
  while (end > 0 && trailing.includes(url[end - 1] ?? '')) end--;
  return url.slice(0, end);
}

/** Closes the nearest run of the same text, or opens one, after CommonMark's flanking rules in their simple form. */
function placeRun(
  pieces: (Piece | Run)[],
  openers: Map<string, number>,
  text: string,
  before: string | undefined,
  after: string | undefined,
): void {
  const mark = markOf(text);
  const inWord = text[0] === '_' && isWord(before) && isWord(after);
  const run: Run = { kind: 'run', text, mark: null, opens: false };
  const canClose = !inWord && before !== undefined && !/\s/.test(before);
  const canOpen = !inWord && after !== undefined && !/\s/.test(after);
  const opener = openers.get(text);
  const partner = opener === undefined ? undefined : pieces[opener];
  if (mark !== null && canClose && opener !== undefined && partner?.kind === 'run') {
    partner.mark = mark;
    partner.opens = true;
    run.mark = mark;
    // What was opened inside and never closed may not be closed from outside.
    for (const [other, index] of openers) if (index >= opener) openers.delete(other);
  } else if (mark !== null && canOpen) openers.set(text, pieces.length);
  pieces.push(run);
}

function markOf(run: string): Mark | null {
  if (run[0] === '~') return run.length <= 2 ? '~' : null;
  if (run.length === 1) return '_';
  return run.length <= 3 ? '*' : null;
}

/** Runs without a partner are words; neighbouring words become one piece, so that `snake_case` is seen as a whole. */
function joined(pieces: readonly (Piece | Run)[]): readonly Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece.kind === 'run' && piece.mark !== null) {
      result.push({ kind: 'mark', mark: piece.mark, opens: piece.opens });
    } else if (piece.kind === 'run' || piece.kind === 'words') {
      const text = last?.kind === 'words' ? last.text + piece.text : piece.text;
      if (last?.kind === 'words') result.pop();
      result.push({ kind: 'words', text });
    } else result.push(piece);
  }
  return result;
}

/** For each `[` its `]`. One pass. */
function pairBrackets(line: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === '[') open.push(at);
    else if (line[at] === ']') {
      const start = open.pop();
      if (start !== undefined) pairs.set(start, at);
    }
  }
  return pairs;
}

/** Where runs of backticks stand, by length; asked with growing positions only, so that each is passed once. */
class TickRuns {
  readonly #byLength = new Map<number, { readonly starts: number[]; next: number }>();

  constructor(line: string) {
    for (const run of line.matchAll(/`+/g)) {
      const entry = this.#byLength.get(run[0].length);
      if (entry) entry.starts.push(run.index);
      else this.#byLength.set(run[0].length, { starts: [run.index], next: 0 });
    }
  }

  next(length: number, from: number): number | undefined {
    const entry = this.#byLength.get(length);
    if (!entry) return undefined;
    while ((entry.starts[entry.next] ?? Number.POSITIVE_INFINITY) < from) entry.next++;
    return entry.starts[entry.next];
  }
}
