import { PatternText } from './pattern-text.ts';
import { sizeOf } from './program.ts';
import { readClass, readEscape } from './regex-class.ts';
import { choice, literal, oneOf, type Place, place, repeat, sequence, type Tree } from './tree.ts';

/** What `(?i)`, `(?m)` and `(?s)` have switched on. */
interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

/** As in RE2. */
const MOST_TIMES = 1_000;
const DEEPEST = 200;

/** Instructions. No pattern that people write comes near. */
const LARGEST = 10_000;

const PLACES: Readonly<Record<string, Place>> = { A: 'text start', z: 'text end', b: 'word edge', B: 'no word edge' };

const NOT_LINEAR = 'which no pattern in linear time can: say it in CEL, with && and !';

/** How groups begin that RE2 does not know. */
const NO_GROUPS: readonly (readonly [begin: string, why: string])[] = [
  ['?=', `looks ahead, ${NOT_LINEAR}`],
  ['?!', `looks ahead, ${NOT_LINEAR}`],
  ['?<=', `looks behind, ${NOT_LINEAR}`],
  ['?<!', `looks behind, ${NOT_LINEAR}`],
  ['?>', 'is for patterns that go back, and these never do: write (?:'],
  ['?#', 'is not known: comments go into CEL, after //'],
];

/**
 * A regular expression in RE2's syntax (https://github.com/google/re2/wiki/Syntax), as CEL says, without `\C` and `\Q…\E`. Being
 * lazy (`*?`) and capturing change nothing about whether a text matches. Throws PatternError.
 */
export function parseRegex(pattern: string): Tree {
  const text = new PatternText(pattern);
  const tree = new Reader(text).read();
  if (sizeOf(tree) <= LARGEST) return tree;
  return text.refuse(0, 'is too large once its repetitions are written out');
}

class Reader {
  readonly #text: PatternText;
  #flags: Flags = { i: false, m: false, s: false };
  #depth = 0;

  constructor(text: PatternText) {
    this.#text = text;
  }

  read(): Tree {
    const tree = this.#choice();
    const start = this.#text.at;
    if (this.#text.eat(')')) this.#text.refuse(start, 'closes nothing');
    return tree;
  }

  #choice(): Tree {
    const parts: Tree[] = [];
    do parts.push(this.#sequence());
    while (this.#text.eat('|'));
    return choice(parts);
  }

  #sequence(): Tree {
    const parts: Tree[] = [];
    while (![undefined, '|', ')'].includes(this.#text.next)) {
      const start = this.#text.at;
      if (this.#times() !== null) this.#text.refuse(start, 'repeats nothing: there is nothing before it');
      parts.push(this.#repeated(this.#single()));
    }
    return sequence(parts);
  }

  #single(): Tree {
    const char = this.#text.take();
    const { i, m, s } = this.#flags;
    switch (char) {
      case '(':
        return this.#group();
      case '[':
        return readClass(this.#text, i);
      case '.':
        return oneOf(s ? '\\s\\S' : '^\\n', false);
      case '^':
        return place(m ? 'line start' : 'text start');
      case '$':
        return place(m ? 'line end' : 'text end');
      case '\\':
        return this.#place() ?? readEscape(this.#text, i);
      default:
        return literal(char, i);
    }
  }

  #place(): Tree | null {
    const where = PLACES[this.#text.next ?? ''];
    if (where === undefined) return null;
    this.#text.take();
    return place(where);
  }

  #repeated(part: Tree): Tree {
    const start = this.#text.at;
    const times = this.#times();
    if (times === null) return part;
    this.#text.eat('?');
    if (this.#times() !== null) this.#text.refuse(start, 'repeats a repetition: put the first into brackets');
    return repeat(part, times.least, times.most);
  }

  #times(): { readonly least: number; readonly most: number } | null {
    const start = this.#text.at;
    const found = this.#text.match(/[*+?]|\{(\d+)(,?)(\d*)\}/y);
    if (found === null) return null;
    const [operator, from, comma, to = ''] = found;
    if (operator === '*') return { least: 0, most: Number.POSITIVE_INFINITY };
    if (operator === '+') return { least: 1, most: Number.POSITIVE_INFINITY };
    if (operator === '?') return { least: 0, most: 1 };
    const least = Number(from);
    const most = to === '' ? (comma === '' ? least : Number.POSITIVE_INFINITY) : Number(to);
    if (most < least) this.#text.refuse(start, 'counts backwards');
    if (least > MOST_TIMES || (Number.isFinite(most) && most > MOST_TIMES)) {
      this.#text.refuse(start, `repeats too often: at most ${MOST_TIMES} times`);
    }
    return { least, most };
  }

  /** Of which the opening bracket was read. Flags that are set within hold to its end. */
  #group(): Tree {
    const start = this.#text.at - 1;
    for (const [begin, why] of NO_GROUPS) if (this.#text.eat(begin)) this.#text.refuse(start, why);
    const outside = this.#flags;
    if (!this.#text.eat('?:') && this.#text.match(/\?P?<\w+>/y) === null && this.#text.eat('?')) {
      if (this.#setFlags(start) === ')') return sequence([]);
    }
    if (++this.#depth > DEEPEST) this.#text.refuse(start, 'nests too deeply');
    const tree = this.#choice();
    if (!this.#text.eat(')')) this.#text.refuse(start, 'has no closing bracket');
    this.#depth--;
    this.#flags = outside;
    return tree;
  }

  /** `(?i)` and `(?i:`. Returns what ended them. */
  #setFlags(start: number): string {
    const found = this.#text.match(/([imsU]*)(?:-([imsU]+))?([:)])/y);
    if (found === null) {
      this.#text.take();
      return this.#text.refuse(start, 'is no group that is known');
    }
    const [, on = '', off = '', end = ''] = found;
    const is = (flag: keyof Flags) => (this.#flags[flag] || on.includes(flag)) && !off.includes(flag);
    this.#flags = { i: is('i'), m: is('m'), s: is('s') };
    return end;
  }
}
