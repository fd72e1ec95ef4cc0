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
  const brackets = pairBrackets(line);
  const ticks = new TickRuns(line);
  const pieces: (Piece | Run)[] = [];
  const openers = new Map<string, number>();
  let at = 0;

  const eat = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    if (match) at = pattern.lastIndex;
    return match;
  };
  const words = (text: string): void => {
    const last = pieces.at(-1);
    if (last?.kind === 'words') pieces[pieces.length - 1] = { kind: 'words', text: last.text + text };
    else pieces.push({ kind: 'words', text });
  };
  const linkAt = (bracket: number, isImage: boolean): boolean => {
    const close = brackets.get(bracket);
    if (close === undefined || line[close + 1] !== '(') return false;
    TARGET.lastIndex = close + 1;
    const target = TARGET.exec(line);
    if (!target) return false;
    const text = flatten(line.slice(bracket + 1, close)) || (isImage ? 'image' : '');
    at = TARGET.lastIndex;
    const link = honestLink(target[1] ?? '', text, isImage);
    if (link) pieces.push(link);
    else words(text);
    return true;
  };

  while (at < line.length) {
    const start = at;
    const plainWords = eat(WORDS);
    if (plainWords) {
      words(plainWords[0]);
      continue;
    }
    const character = line[at];
    if (character === '\\' && /[!-/:-@[-`{-~]/.test(line[at + 1] ?? '')) {
      words(line[at + 1] ?? '');
      at += 2;
    } else if (character === '`') {
      const open = eat(TICKS)?.[0] ?? '`';
      const close = ticks.next(open.length, at);
      if (close === undefined) words(open);
      else {
        pieces.push({ kind: 'code', text: line.slice(at, close).trim() });
        at = close + open.length;
      }
    } else if (character === '*' || character === '_' || character === '~') {
      const text = eat(RUN)?.[0] ?? '';
      placeRun(pieces, openers, text, line[start - 1], line[at]);
    } else if (character === '!' && line[at + 1] === '[' && linkAt(at + 1, true)) {
      continue;
    } else if (character === '[' && linkAt(at, false)) {
      continue;
    } else if (character === 'h' && !isWord(line[at - 1])) {
      const url = eat(BARE_URL);
      if (!url) words(line[at++] ?? '');
      else {
        const text = trimUrl(url[0]);
        at = start + text.length;
        const link = honestLink(text, text);
        if (link) pieces.push(link);
        else words(text);
      }
    } else {
      const entity = eat(ENTITY);
      const autolink = entity ? null : eat(AUTOLINK);
      const link = autolink && honestLink(autolink[1] ?? '', autolink[1] ?? '');
      if (entity) words(ENTITIES[entity[1] ?? ''] ?? '');
      else if (link) pieces.push(link);
      else if (autolink) words(autolink[1] ?? '');
      else if (!eat(TAG)) words(line[at++] ?? '');
    }
  }
  return settle(pieces);
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
function settle(pieces: readonly (Piece | Run)[]): readonly Piece[] {
  const settled: Piece[] = [];
  for (const piece of pieces) {
    const last = settled.at(-1);
    if (piece.kind === 'run' && piece.mark !== null) {
      settled.push({ kind: 'mark', mark: piece.mark, opens: piece.opens });
    } else if (piece.kind === 'run' || piece.kind === 'words') {
      const text = last?.kind === 'words' ? last.text + piece.text : piece.text;
      if (last?.kind === 'words') settled.pop();
      settled.push({ kind: 'words', text });
    } else settled.push(piece);
  }
  return settled;
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
