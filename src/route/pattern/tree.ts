/** What a pattern says, whether it was written as a glob or as a regular expression. */
export type Tree =
  | { readonly kind: 'char'; readonly char: Char }
  | { readonly kind: 'sequence'; readonly parts: readonly Tree[] }
  | { readonly kind: 'choice'; readonly parts: readonly Tree[] }
  /** `most` may be Infinity. */
  | { readonly kind: 'repeat'; readonly part: Tree; readonly least: number; readonly most: number }
  | { readonly kind: 'place'; readonly place: Place };

/** One character of a kind. Equal keys mean the same kind. `char` is one code point. */
export interface Char {
  readonly key: string;
  has(char: string): boolean;
}

/** Where something must be, as `^`, `\z` or `\b` say. Lines end at `\n` only. */
export type Place = 'text start' | 'text end' | 'line start' | 'line end' | 'word edge' | 'no word edge';

export function sequence(parts: readonly Tree[]): Tree {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'sequence', parts };
}

export function choice(parts: readonly Tree[]): Tree {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'choice', parts };
}

export function repeat(part: Tree, least: number, most: number): Tree {
  return { kind: 'repeat', part, least, most };
}

/** This character; with `ignoreCase`, also those that differ in case only. */
export function literal(char: string, ignoreCase: boolean): Tree {
  if (ignoreCase && char.toLowerCase() !== char.toUpperCase()) return oneOf(`\\u{${hex(char)}}`, ignoreCase);
  return { kind: 'char', char: { key: char, has: (other) => other === char } };
}

/** What is between the brackets of a character class, in the platform's own syntax (flag `v`). On one character it cannot go back. */
export function oneOf(members: string, ignoreCase: boolean): Tree {
  const source = `^[${members}]$`;
  const one = new RegExp(source, ignoreCase ? 'iv' : 'v');
  return { kind: 'char', char: { key: `${one}`, has: (char) => one.test(char) } };
}

export function hex(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16);
}

export function place(where: Place): Tree {
  return { kind: 'place', place: where };
}
