import type { Char } from './tree.ts';

/** What is beside a place in a text. */
export type Side = 'edge' | 'line end' | 'word' | 'other';

/** Characters that a program does not tell apart. */
export interface Letter {
  readonly index: number;
  /** Numbers of the kinds that these characters are of. */
  readonly is: ReadonlySet<number>;
  readonly side: Side;
}

/** So many characters are remembered. */
const REMEMBERED = 1_000;

/** Sorts characters into the few letters that a program tells apart, each when it is first seen. */
export class Alphabet {
  readonly #chars: readonly Char[];
  readonly #sideOf: (char: string) => Side;
  readonly #letters = new Map<string, Letter>();
  readonly #known = new Map<number, Letter>();

  constructor(chars: readonly Char[], asksPlaces: boolean) {
    this.#chars = chars;
    this.#sideOf = asksPlaces ? sideOf : () => 'other';
  }

  /** The letter of a code point, where it was seen before. */
  known(code: number): Letter | undefined {
    return this.#known.get(code);
  }

  learn(code: number): Letter {
    const char = String.fromCodePoint(code);
    const is = new Set(this.#chars.keys().filter((index) => this.#chars[index]?.has(char)));
    const side = this.#sideOf(char);
    const key = `${side} ${[...is].join()}`;
    const letter = this.#letters.get(key) ?? { index: this.#letters.size, is, side };
    this.#letters.set(key, letter);
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(code, letter);
    return letter;
  }
}

function sideOf(char: string): Side {
  if (char === '\n') return 'line end';
  return /^\w$/.test(char) ? 'word' : 'other';
}
