import { choice, hex, literal, oneOf, repeat, sequence, type Tree } from './tree.ts';

const WITHIN_SEGMENT = oneOf('^\\/', false);
const WITHIN = repeat(WITHIN_SEGMENT, 0, Number.POSITIVE_INFINITY);
const ANYTHING = repeat(oneOf('\\s\\S', false), 0, Number.POSITIVE_INFINITY);

/** `**` with the slash after it, where a segment begins: any folders, or none. */
const FOLDERS = repeat(sequence([ANYTHING, literal('/', false)]), 0, 1);

type Token = Tree | '{' | ',' | '}';

/**
 * `*` stays within one `/` segment, `**` crosses them, `?` is one character, `[ab]`, `[a-z]`, `[!a]` and `{a,b}` are choices, and
 * a backslash makes plain what follows it. What is no glob (`a[`, `{a`) is plain text, and so is all that means something in
 * regular expressions only. Names that begin with a dot are names like others.
 */
export function parseGlob(glob: string, ignoreCase: boolean): Tree {
  return withChoices(new Tokens(glob, ignoreCase).read(), (char) => literal(char, ignoreCase));
}

/** Braces that are not closed, or without a comma, are plain. */
function withChoices(tokens: readonly Token[], plain: (char: string) => Tree): Tree {
  const outer: { options: Tree[]; parts: Tree[] }[] = [];
  let options: Tree[] = [];
  let parts: Tree[] = [];

  function leave(found: readonly Tree[]): void {
    const around = outer.pop();
    options = around?.options ?? [];
    parts = [...(around?.parts ?? []), ...found];
  }

  function asWritten(): readonly Tree[] {
    return [plain('{'), ...options.flatMap((option) => [option, plain(',')]), ...parts];
  }

  for (const token of tokens) {
    if (token === '{') {
      outer.push({ options, parts });
      [options, parts] = [[], []];
    } else if (token === ',' && outer.length > 0) {
      options.push(sequence(parts));
      parts = [];
    } else if (token === '}' && outer.length > 0) {
      leave(options.length > 0 ? [choice([...options, sequence(parts)])] : [...asWritten(), plain('}')]);
    } else {
      parts.push(typeof token === 'string' ? plain(token) : token);
    }
  }
  while (outer.length > 0) leave(asWritten());
  return sequence(parts);
}

class Tokens {
  readonly #chars: readonly string[];
  readonly #ignoreCase: boolean;
  #at = 0;

  constructor(glob: string, ignoreCase: boolean) {
    this.#chars = Array.from(glob);
    this.#ignoreCase = ignoreCase;
  }

  read(): readonly Token[] {
    const tokens: Token[] = [];
    while (this.#at < this.#chars.length) tokens.push(this.#next());
    return tokens;
  }

  #next(): Token {
    const char = this.#chars[this.#at] ?? '';
    if (char === '*') return this.#stars();
    const members = char === '[' ? this.#class() : null;
    if (members !== null) return members;
    this.#at++;
    if (char === '?') return WITHIN_SEGMENT;
    if (char === '{' || char === ',' || char === '}') return char;
    const escaped = char === '\\' ? this.#chars[this.#at++] : undefined;
    return literal(escaped ?? char, this.#ignoreCase);
  }

  #stars(): Tree {
    const from = this.#at;
    while (this.#chars[this.#at] === '*') this.#at++;
    if (this.#at - from === 1) return WITHIN;
    const beginsSegment = ['/', '{', ',', undefined].includes(this.#chars[from - 1]);
    if (!beginsSegment || this.#chars[this.#at] !== '/') return ANYTHING;
    this.#at++;
    return FOLDERS;
  }

  /** A class without an end, or with a range that goes backwards, is none. A negated one stays within a segment, as `*` does. */
  #class(): Tree | null {
    const from = this.#at++;
    const isNegated = ['!', '^'].includes(this.#chars[this.#at] ?? '');
    if (isNegated) this.#at++;
    const members: string[] = [];
    do members.push(this.#member());
    while (this.#at < this.#chars.length && this.#chars[this.#at] !== ']');
    try {
      if (this.#chars[this.#at++] === ']') return oneOf((isNegated ? '^\\/' : '') + members.join(''), this.#ignoreCase);
    } catch {
      // The range goes backwards.
    }
    this.#at = from;
    return null;
  }

  /** One character of a class, or a range of them, as the platform writes it. */
  #member(): string {
    const first = this.#classChar();
    const last = this.#chars[this.#at + 1];
    if (this.#chars[this.#at] !== '-' || last === undefined || last === ']') return first;
    this.#at++;
    return `${first}-${this.#classChar()}`;
  }

  #classChar(): string {
    if (this.#chars[this.#at] === '\\' && this.#at + 1 < this.#chars.length) this.#at++;
    return `\\u{${hex(this.#chars[this.#at++] ?? '')}}`;
  }
}
