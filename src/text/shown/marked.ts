import type { ShownBlock, ShownRun } from '../../model/plugin/preview.ts';
import { isWord } from '../plain.ts';
import { blocksOf, type Look, tidy } from './blocks.ts';

/** How a chat reads what we wrote for it. It is for our own output: what others wrote is escaped in it. */
export interface Reading {
  /** What opens and closes bold (`*`), italic (`_`) and struck text (`~`). */
  readonly marks: Readonly<Record<'*' | '_' | '~', string>>;
  /** What a quoted line begins with. */
  readonly quote: string;
  /** angled: `<url|label>`; bracketed: `[label](url)` */
  readonly links: 'angled' | 'bracketed';
  /** A backslash makes any sign behind it plain. */
  readonly escapes: boolean;
  /** Where `&amp;` and its like stand for signs. */
  readonly entities: 'everywhere' | 'words' | 'nowhere';
  /** What calls somebody, as it is written → their name: `<@U012AB3CD>` → `@mona`. */
  readonly called: ReadonlyMap<string, string>;
}

const JOINER = '\u2060';
const SIGNS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
const ENTITY = /&(?:amp|lt|gt);/y;
const CODE = /`([^`\n]+)`/y;
const ANGLED = /<([^<>|\n]+)(?:\|([^<>\n]*))?>/y;
const BRACKETED = /\[((?:\\[^\n]|[^\]\\\n]){0,1500})\]\((https?:[^()\s]*)\)/y;

/** A whole text, by lines. */
export function markedBlocks(text: string, reading: Reading): readonly ShownBlock[] {
  const looks: Look[] = [];
  let code: string[] | null = null;
  for (const line of text.split('\n')) {
    if (line === '```') {
      if (code !== null) looks.push({ kind: 'code', text: code.join('\n') });
      code = code === null ? [] : null;
    } else if (code !== null) code.push(reading.entities === 'everywhere' ? withSigns(line) : line);
    else if (line.startsWith(reading.quote))
      looks.push({ kind: 'quote', runs: markedRuns(line.slice(reading.quote.length), reading) });
    else looks.push({ kind: 'text', runs: markedRuns(line, reading) });
  }
  if (code !== null) looks.push({ kind: 'code', text: code.join('\n') });
  return blocksOf(looks);
}

type Token = { readonly mark: '*' | '_' | '~' } | ShownRun;

/** One line. */
export function markedRuns(line: string, reading: Reading): readonly ShownRun[] {
  return tidy(styled(tokensOf(line, reading), reading));
}

function tokensOf(line: string, reading: Reading): readonly Token[] {
  const tokens: Token[] = [];
  let words = '';
  let at = 0;
  const say = (token: Token) => {
    if (words !== '') tokens.push({ text: words });
    words = '';
    tokens.push(token);
  };
  while (at < line.length) {
    const special = specialAt(line, at, reading);
    if (special === null) {
      words += line[at];
      at++;
      continue;
    }
    at += special.length;
    if (special.runs === null) words += special.words;
    else for (const token of special.runs) say(token);
  }
  if (words !== '') tokens.push({ text: words });
  return tokens;
}

interface Special {
  readonly length: number;
  /** Null: `words`, as any other. */
  readonly runs: readonly Token[] | null;
  readonly words: string;
}

/** Null: the sign is itself. */
function specialAt(line: string, at: number, reading: Reading): Special | null {
  const { escapes, entities, links } = reading;
  if (escapes && line[at] === '\\' && at + 1 < line.length) return { length: 2, runs: null, words: line[at + 1] ?? '' };
  const entity = entities === 'nowhere' ? null : matched(ENTITY, line, at);
  if (entity !== null) return { length: entity[0].length, runs: null, words: SIGNS[entity[0]] ?? '' };
  const code = line[at] === '`' && !isParted(line, at, 1) ? matched(CODE, line, at) : null;
  if (code !== null) {
    const text = entities === 'everywhere' ? withSigns(code[1] ?? '') : (code[1] ?? '');
    return { length: code[0].length, runs: [{ text, code: true }], words: '' };
  }
  const called = line[at] === '<' || line[at] === '@' ? callAt(line, at, reading) : null;
  if (called !== null) return called;
  const link = matched(links === 'angled' ? ANGLED : BRACKETED, line, at);
  if (link !== null) return linkOf(link, reading);
  return markAt(line, at, reading);
}

/** Of our own tags those that nobody has told the name of stay as they are. */
function callAt(line: string, at: number, { called }: Reading): Special | null {
  for (const [tag, name] of called) {
    if (line.startsWith(tag, at)) return { length: tag.length, runs: [{ text: name, bold: true }], words: '' };
  }
  return null;
}

function linkOf(found: RegExpExecArray, reading: Reading): Special {
  const [all, first = '', second] = found;
  const [url, label] = reading.links === 'angled' ? [withSigns(first), second ?? first] : [second ?? '', first];
  const inside = markedRuns(label, { ...reading, called: new Map() });
  const isLink = /^https?:\/\//.test(url);
  return { length: all.length, runs: inside.map((run) => (isLink ? { ...run, url } : run)), words: '' };
}

/** The longest first: `**` is no `*`. */
function markAt(line: string, at: number, { marks }: Reading): Special | null {
  const all = (['*', '_', '~'] as const).toSorted((a, b) => marks[b].length - marks[a].length);
  const mark = all.find((each) => line.startsWith(marks[each], at));
  if (mark === undefined || isParted(line, at, marks[mark].length)) return null;
  return { length: marks[mark].length, runs: [{ mark }], words: '' };
}

/** A joiner on both sides, or letters: then a mark is a sign like any other. */
function isParted(line: string, at: number, length: number): boolean {
  const [before, after] = [line[at - 1], line[at + length]];
  return (before === JOINER && after === JOINER) || (isWord(before) && isWord(after));
}

/** A mark that closes nothing and is not closed is itself. */
function styled(tokens: readonly Token[], { marks }: Reading): readonly ShownRun[] {
  const open: { readonly mark: '*' | '_' | '~'; readonly at: number }[] = [];
  const pairs = new Set<number>();
  for (const [at, token] of tokens.entries()) {
    if (!('mark' in token)) continue;
    const from = open.findLastIndex(({ mark }) => mark === token.mark);
    if (from === -1) open.push({ mark: token.mark, at });
    else {
      pairs.add(open[from]?.at ?? at).add(at);
      open.length = from;
    }
  }
  const looks = { '*': false, _: false, '~': false };
  return tokens.flatMap((token, at) => {
    if ('mark' in token && pairs.has(at)) {
      looks[token.mark] = !looks[token.mark];
      return [];
    }
    const run = 'mark' in token ? { text: marks[token.mark] } : token;
    return [
      {
        ...run,
        ...(looks['*'] && { bold: true }),
        ...(looks._ && { italic: true }),
        ...(looks['~'] && { struck: true }),
      },
    ];
  });
}

function matched(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

function withSigns(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => SIGNS[entity] ?? entity);
}
