/** Why a text is no pattern, and which part of it: offsets, `end` exclusive. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

/** A pattern and how far it has been read. */
export class PatternText {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get at(): number {
    return this.#at;
  }

  /** The next character, a whole code point. */
  get next(): string | undefined {
    const code = this.#text.codePointAt(this.#at);
    return code === undefined ? undefined : String.fromCodePoint(code);
  }

  /** Reads the next character. */
  take(): string {
    const { next = '' } = this;
    this.#at += next.length;
    return next;
  }

  /** Reads `text`, where it comes next. */
  eat(text: string): boolean {
    const isNext = this.#text.startsWith(text, this.#at);
    if (isNext) this.#at += text.length;
    return isNext;
  }

  /** Reads what a sticky expression finds here. */
  match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text);
    if (found !== null) this.#at += found[0].length;
    return found;
  }

  /** Throws about what was read since `start`, with it in front. */
  refuse(start: number, why: string): never {
    throw new PatternError(`"${this.#text.slice(start, this.#at)}" ${why}`, start, this.#at);
  }
}
