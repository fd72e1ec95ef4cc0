import { isWord } from '../plain.ts';
import { emojiOf } from './emoji.ts';
import { type Run, resolved, runOf } from './emphasis.ts';
import { decoded, ENTITY } from './entities.ts';
import { attribute, CODE_TAGS, isTag, TAG, tagPieces } from './html.ts';
import { imageAt, isBadge, linkTo, type References, referenceKey, trimUrl } from './links.ts';
import { Brackets, TickRuns } from './pairs.ts';
import { type Break, type Mark, type Piece, textOf } from './piece.ts';

/*
 * Every pattern is sticky and stops at the first character that could begin something else, so that no part of a text is
 * read more than a few times: 100 kB of brackets take milliseconds.
 */
const WORDS = /(?:[^\\`*_~[\]!<&hw:\n]+|h(?!ttps?:\/\/)|w(?!ww\.)|:(?![\w+-]))+/y;
const RUN = /\*+|_+|~+/y;
const TICKS = /`+/y;
const EMOJI = /:([\w+-]{1,40}):/y;
const BARE_URL = /(?:https?:\/\/|www\.)[^\s<>`"\\]+/y;
const AUTOLINK = /<(https?:\/\/[^\s<>]{1,2000})>/y;
const TARGET =
  /\([ \t]{0,3}\n?<?([^\s()<>]{0,2000}(?:\([^\s()<>]{0,2000}\)[^\s()<>]{0,2000}){0,3})>?(?:[ \t]{1,3}(?:"[^"]{0,500}"|'[^']{0,500}'))?[ \t]{0,3}\)/y;
const LINE_END = /[ \t]*\\?\n[ \t]*/y;
const REFERENCE = /\[([^\][]{0,200})\]/y;
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const LABEL_READ = 1000;

interface Around {
  readonly references: References;
  /** A line's end is a space, as in HTML. */
  readonly isHtml: boolean;
  /** Within a link there are no links. */
  readonly isLabel?: boolean;
  /** Within what a picture shows there are no pictures: a hundred within each other would be read a hundred times. */
  readonly isAlt?: boolean;
}

/** A paragraph of GitHub Markdown as pieces. Linear in its length. */
export function parseInline(text: string, around: Around): readonly (Piece | Break)[] {
  return resolved(new InlineReader(text, around).read());
}

/** `¹` for a footnote called 1; `[note]` for one with a name. */
export function footnoteSign(name: string): string {
  if (!/^\d{1,3}$/.test(name)) return `[${name}]`;
  return Array.from(name, (digit) => SUPERSCRIPT[Number(digit)]).join('');
}

/** Reads a text from its start to its end, a piece at a time: each step leaves `#at` behind what it took. */
class InlineReader {
  readonly #text: string;
  readonly #around: Around;
  readonly #brackets: Brackets;
  readonly #ticks: TickRuns;
  readonly #pieces: (Piece | Break | Run)[] = [];
  /** Tags of which no closing one follows any more. */
  readonly #unclosed = new Set<string>();
  #at = 0;

  constructor(text: string, around: Around) {
    this.#text = text;
    this.#around = around;
    this.#brackets = new Brackets(text);
    this.#ticks = new TickRuns(text);
  }

  read(): readonly (Piece | Break | Run)[] {
    while (this.#at < this.#text.length) {
      const words = this.#eat(WORDS);
      if (words) this.#words(words[0]);
      else this.#special(this.#text[this.#at] ?? '', this.#text[this.#at + 1] ?? '');
    }
    return this.#pieces;
  }

  #special(sign: string, next: string): void {
    switch (sign) {
      case '\\':
        return /[!-/:-@[-`{-~]/.test(next) ? this.#escaped(next) : this.#lineEnd();
      case '\n':
        return this.#lineEnd();
      case '`':
        return this.#code();
      case '*':
      case '_':
      case '~':
        return this.#run(sign);
      case '!':
        return next === '[' && this.#around.isAlt !== true && this.#linkAt(this.#at + 1, true)
          ? undefined
          : this.#oneCharacter();
      case '[':
        return this.#linkAt(this.#at, false) ? undefined : this.#oneCharacter();
      case ':':
        return this.#emoji();
      case 'h':
      case 'w':
        return isWord(this.#text[this.#at - 1]) ? this.#oneCharacter() : this.#bareUrl();
      case '<':
        return this.#angle();
      default:
        return this.#entity();
    }
  }

  #escaped(sign: string): void {
    this.#words(sign);
    this.#at += 2;
  }

  #lineEnd(): void {
    if (!this.#eat(LINE_END)) return this.#oneCharacter();
    if (this.#around.isHtml || this.#around.isLabel === true) this.#words(' ');
    else this.#pieces.push({ kind: 'break' });
  }

  #code(): void {
    const open = this.#eat(TICKS)?.[0] ?? '`';
    const close = this.#ticks.next(open.length, this.#at);
    if (close === undefined) return this.#words(open);
    this.#pieces.push({ kind: 'code', text: this.#text.slice(this.#at, close).replace(/\s+/g, ' ').trim() });
    this.#at = close + open.length;
  }

  #run(sign: Mark): void {
    const before = this.#text[this.#at - 1] ?? '';
    const size = this.#eat(RUN)?.[0].length ?? 1;
    this.#pieces.push(runOf(sign, size, before, this.#text[this.#at] ?? ''));
  }

  /** False: no link begins at this bracket. */
  #linkAt(bracket: number, isImage: boolean): boolean {
    const close = this.#brackets.closing(bracket);
    if (close === undefined) return false;
    const label = this.#text.slice(bracket + 1, close);
    if (label.startsWith('^') && !isImage) return this.#footnote(label.slice(1), close);
    const target = this.#target(label, close);
    if (target === null || (this.#around.isLabel === true && !isImage)) return false;
    this.#at = target.end;
    this.#link(target.url, label.slice(0, LABEL_READ), isImage);
    return true;
  }

  /** `(https://…)`, `[name]`, `[]` or nothing behind the label that ends at `close`. */
  #target(label: string, close: number): { readonly url: string; readonly end: number } | null {
    TARGET.lastIndex = close + 1;
    const inline = TARGET.exec(this.#text);
    if (inline) return { url: inline[1] ?? '', end: TARGET.lastIndex };
    const { references } = this.#around;
    if (references.size === 0 || label.length > 200) return null;
    REFERENCE.lastIndex = close + 1;
    const named = REFERENCE.exec(this.#text);
    const url = references.get(referenceKey(named?.[1] || label));
    return url === undefined ? null : { url, end: named ? REFERENCE.lastIndex : close + 1 };
  }

  #footnote(name: string, close: number): boolean {
    if (name === '' || name.length > 40 || /\s/.test(name)) return false;
    this.#words(footnoteSign(name));
    this.#at = close + 1;
    return true;
  }

  #link(url: string, label: string, isImage: boolean): void {
    const inside = parseInline(label, { ...this.#around, isLabel: true, isAlt: isImage }).filter(
      (piece) => piece.kind !== 'break',
    );
    if (isImage) return this.#image(url, inside.map((piece) => ('text' in piece ? piece.text : '')).join(''));
    const text = inside.map(textOf).join('').trim();
    // A badge leads to what it is about, and goes with it.
    if (text !== '' || label.trim() === '') this.#add(linkTo(url, text));
  }

  /** What is drawn and leads elsewhere shows a state, as badges do. */
  #image(url: string, alt: string): void {
    const isDrawing = this.#around.isLabel === true && /\.svg(?:[?#]|$)/i.test(url);
    if (!isDrawing && !isBadge(url)) this.#add(imageAt(url, alt));
  }

  #bareUrl(): void {
    const start = this.#at;
    const url = this.#eat(BARE_URL);
    if (!url || this.#around.isLabel === true) {
      this.#at = start;
      return this.#oneCharacter();
    }
    const text = trimUrl(url[0]);
    this.#at = start + text.length;
    this.#add(linkTo(text.startsWith('www.') ? `http://${text}` : text, text));
  }

  #emoji(): void {
    const start = this.#at;
    const emoji = isWord(this.#text[start - 1]) ? undefined : emojiOf(this.#eat(EMOJI)?.[1] ?? '');
    if (emoji !== undefined) return this.#words(emoji);
    this.#at = start;
    this.#oneCharacter();
  }

  #entity(): void {
    const entity = this.#eat(ENTITY);
    if (entity) this.#words(decoded(entity[0]));
    else this.#oneCharacter();
  }

  #angle(): void {
    const autolink = this.#eat(AUTOLINK);
    if (autolink) return this.#add(linkTo(autolink[1] ?? '', autolink[1] ?? ''));
    const start = this.#at;
    const tag = this.#eat(TAG);
    const name = tag?.[2]?.toLowerCase() ?? '';
    if (tag && isTag(name)) return this.#tag(name, tag[0], tag[1] === '/');
    this.#at = start;
    this.#oneCharacter();
  }

  /** What a person wrote in angle brackets and is no tag of HTML's stays what it is: `Promise<Upload>`. */
  #tag(name: string, tag: string, isClosing: boolean): void {
    if (name === 'img') return this.#image(attribute(tag, 'src'), attribute(tag, 'alt'));
    if (!isClosing && name === 'a') return this.#anchor(attribute(tag, 'href'));
    if (!isClosing && CODE_TAGS.has(name)) return this.#codeTag(name);
    for (const piece of tagPieces(name, isClosing, this.#pieces)) this.#add(piece);
  }

  #anchor(url: string): void {
    const inside = url === '' || this.#around.isLabel === true ? null : this.#inside('a');
    if (inside !== null) this.#link(url, inside.slice(0, LABEL_READ), false);
  }

  #codeTag(name: string): void {
    const inside = this.#inside(name);
    if (inside === null) return;
    for (const [index, line] of (name === 'pre' ? inside.split('\n') : [inside]).entries()) {
      if (name === 'pre' && index + this.#pieces.length > 0) this.#pieces.push({ kind: 'break' });
      const text = decoded(line.replace(/<[^<>]{0,200}>/g, '')).replace(/\s+/g, ' ');
      if (text.trim() !== '') this.#pieces.push({ kind: 'code', text: text.trim() });
    }
  }

  /** Takes all up to the closing tag, and the tag. Null: there is none. */
  #inside(name: string): string | null {
    const pattern = new RegExp(`</${name}\\s{0,9}>`, 'gi');
    pattern.lastIndex = this.#at;
    const close = this.#unclosed.has(name) ? null : pattern.exec(this.#text);
    if (close === null) {
      this.#unclosed.add(name);
      return null;
    }
    const inside = this.#text.slice(this.#at, close.index);
    this.#at = pattern.lastIndex;
    return inside;
  }

  #eat(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  #oneCharacter(): void {
    this.#words(this.#text[this.#at++] ?? '');
  }

  #add(piece: Piece | Break): void {
    if (piece.kind === 'words') this.#words(piece.text);
    else this.#pieces.push(piece);
  }

  #words(text: string): void {
    const last = this.#pieces.at(-1);
    if (last?.kind === 'words') this.#pieces[this.#pieces.length - 1] = { kind: 'words', text: last.text + text };
    else this.#pieces.push({ kind: 'words', text });
  }
}
