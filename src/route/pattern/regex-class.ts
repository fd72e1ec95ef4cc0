import type { PatternText } from './pattern-text.ts';
import { hex, literal, oneOf, type Tree } from './tree.ts';

/** A character, or members of a class as the platform writes them between brackets (flag `v`). */
type Escaped = { readonly char: string } | { readonly members: string };

const WORD = '0-9A-Za-z_';
const SPACE = '\\t\\n\\f\\r\\x20';

const CLASSES: Readonly<Record<string, string>> = {
  d: '0-9',
  D: '[^0-9]',
  s: SPACE,
  S: `[^${SPACE}]`,
  w: WORD,
  W: `[^${WORD}]`,
};

const CONTROLS: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const POSIX: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7f',
  blank: '\\t\\x20',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e',
  space: '\\t-\\r\\x20',
  upper: 'A-Z',
  word: WORD,
  xdigit: '0-9A-Fa-f',
};

const LARGEST_CODE = 0x10ffff;

/** `[…]`, of which the bracket was read. */
export function readClass(text: PatternText, ignoreCase: boolean): Tree {
  const start = text.at - 1;
  const not = text.eat('^') ? '^' : '';
  const members: string[] = [];
  do {
    if (text.next === undefined) text.refuse(start, 'has no closing "]"');
    members.push(readMember(text));
  } while (!text.eat(']'));
  return oneOf(not + members.join(''), ignoreCase);
}

/** What stands after a backslash, which was read, outside of a class too. */
export function readEscape(text: PatternText, ignoreCase: boolean): Tree {
  const escaped = escapedBy(text);
  return 'char' in escaped ? literal(escaped.char, ignoreCase) : oneOf(escaped.members, ignoreCase);
}

function readMember(text: PatternText): string {
  const start = text.at;
  const posix = text.match(/\[:(\^?)([^:\]]*):\]/y);
  if (posix) {
    const members = POSIX[posix[2] ?? ''] ?? text.refuse(start, 'is no class of characters');
    return posix[1] === '^' ? `[^${members}]` : members;
  }
  const first = readClassChar(text);
  if ('members' in first) return first.members;
  if (text.match(/-(?!\])/y) === null) return written(first.char);
  if (text.next === undefined) return written(first.char);
  const last = readClassChar(text);
  if ('members' in last || codeOf(last.char) < codeOf(first.char)) return text.refuse(start, 'is no range');
  return `${written(first.char)}-${written(last.char)}`;
}

function readClassChar(text: PatternText): Escaped {
  const char = text.take();
  return char === '\\' ? escapedBy(text) : { char };
}

function escapedBy(text: PatternText): Escaped {
  const start = text.at - 1;
  const char = text.take();
  const members = CLASSES[char];
  if (members !== undefined) return { members };
  const control = CONTROLS[char];
  if (control !== undefined) return { char: control };
  if (char === 'p' || char === 'P') return { members: readProperty(text, start, char === 'P') };
  if (char === 'x') return { char: readHex(text, start) };
  if (/^\d$/.test(char)) return { char: readOctal(text, start, char) };
  if (/^[!-/:-@[-`{-~]$/.test(char)) return { char };
  if (char === '') return text.refuse(start, 'ends it with a backslash: write \\\\ for the character');
  if (char === 'k') return text.refuse(start, REFERENCE);
  return text.refuse(start, `is not known${MEANT[char] ?? ''}`);
}

const REFERENCE = 'refers back to a group, which no pattern in linear time can';

const MEANT: Readonly<Record<string, string>> = {
  u: ': a character is written \\x{20ac}',
  Z: ': the end of the text is \\z',
  G: ': the start of the text is \\A',
  h: ': a space or tab is [ \\t]',
  Q: ': put a backslash before each character that should be plain',
};

/** `\pN`, `\p{Greek}`, `\p{^Greek}`: a general category or a script. */
function readProperty(text: PatternText, start: number, isNegated: boolean): string {
  const [, caret = '', long, short] = text.match(/\{(\^?)(\w+)\}|(\p{L})/uy) ?? [];
  const name = long ?? short;
  const found = ['gc', 'Script'].map((kind) => `\\p{${kind}=${name}}`).find(isKnown);
  const members = name === 'Any' ? '\\p{Any}' : (found ?? text.refuse(start, 'is no category or script of Unicode'));
  return isNegated === (caret === '') ? `[^${members}]` : members;
}

function isKnown(members: string): boolean {
  try {
    return new RegExp(members, 'v').source !== '';
  } catch {
    return false;
  }
}

function readHex(text: PatternText, start: number): string {
  const found = text.match(/\{([\da-f]+)\}|([\da-f]{2})/iy);
  const code = found === null ? Number.NaN : Number.parseInt(found[1] ?? found[2] ?? '', 16);
  return code <= LARGEST_CODE ? String.fromCodePoint(code) : text.refuse(start, 'is no character: write \\x{20ac}');
}

/** `\123`. One digit alone would refer to a group. */
function readOctal(text: PatternText, start: number, first: string): string {
  const more = text.match(/[0-7]{1,2}/y)?.[0] ?? '';
  if (first > '7' || (first !== '0' && more === '')) return text.refuse(start, REFERENCE);
  return String.fromCodePoint(Number.parseInt(first + more, 8));
}

function written(char: string): string {
  return `\\u{${hex(char)}}`;
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0;
}
