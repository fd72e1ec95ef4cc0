import type { Char, Place, Tree } from './tree.ts';

/** A pattern as Thompson's machine runs it: each instruction takes a character, asks where it is, or goes on in several ways. */
export type Instruction =
  | { readonly op: 'char'; readonly char: number; readonly to: number }
  | { readonly op: 'place'; readonly place: Place; readonly to: number }
  | { op: 'fork'; to: readonly number[] }
  | { readonly op: 'match' };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly start: number;
  /** The kinds of characters that instructions number. */
  readonly chars: readonly Char[];
  readonly asksPlaces: boolean;
}

/** Counted repetition is written out, as in RE2: how many instructions a tree becomes, at most. */
export function sizeOf(tree: Tree): number {
  switch (tree.kind) {
    case 'char':
    case 'place':
      return 1;
    case 'sequence':
    case 'choice':
      return tree.parts.reduce((sum, part) => sum + sizeOf(part), 1);
    case 'repeat': {
      const times = Number.isFinite(tree.most) ? tree.most : tree.least + 1;
      return 1 + times * (1 + sizeOf(tree.part));
    }
  }
}

/** Each tree is written with what follows it already there, so from its end. */
export function programOf(tree: Tree): Program {
  const instructions: Instruction[] = [{ op: 'match' }];
  const chars: Char[] = [];
  const numbers = new Map<string, number>();
  let asksPlaces = false;

  function add(instruction: Instruction): number {
    return instructions.push(instruction) - 1;
  }

  function numberOf(char: Char): number {
    const known = numbers.get(char.key);
    if (known !== undefined) return known;
    numbers.set(char.key, chars.length);
    return chars.push(char) - 1;
  }

  function write(part: Tree, next: number): number {
    switch (part.kind) {
      case 'char':
        return add({ op: 'char', char: numberOf(part.char), to: next });
      case 'place':
        asksPlaces = true;
        return add({ op: 'place', place: part.place, to: next });
      case 'sequence':
        return part.parts.reduceRight((after, each) => write(each, after), next);
      case 'choice':
        return add({ op: 'fork', to: part.parts.map((each) => write(each, next)) });
      case 'repeat':
        return writeRepeat(part, next);
    }
  }

  function writeRepeat({ part, least, most }: Extract<Tree, { kind: 'repeat' }>, end: number): number {
    let next = end;
    if (most === Number.POSITIVE_INFINITY) {
      const loop: Instruction = { op: 'fork', to: [] };
      next = add(loop);
      loop.to = [write(part, next), end];
    } else {
      for (let n = least; n < most; n++) next = add({ op: 'fork', to: [write(part, next), end] });
    }
    for (let n = 0; n < least; n++) next = write(part, next);
    return next;
  }

  const start = write(tree, 0);
  return { instructions, start, chars, asksPlaces };
}
