import type { Break, Mark, Piece } from './piece.ts';

/** Signs in a row that may open or close emphasis: CommonMark's delimiter run. */
export interface Run {
  readonly kind: 'run';
  readonly sign: Mark;
  readonly size: number;
  readonly canOpen: boolean;
  readonly canClose: boolean;
  /** Signs that nothing was made of yet. */
  left: number;
  /** Innermost first. */
  readonly closes: Mark[];
  readonly opens: Mark[];
}

const SPACE = /^\s?$/u;
const PUNCTUATION = /^[\p{P}\p{S}]$/u;

/** `before` and `after`: the characters beside it, '' at an end. https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run */
export function runOf(sign: Mark, size: number, before: string, after: string): Run {
  const isLeft = !SPACE.test(after) && (!PUNCTUATION.test(after) || SPACE.test(before) || PUNCTUATION.test(before));
  const isRight = !SPACE.test(before) && (!PUNCTUATION.test(before) || SPACE.test(after) || PUNCTUATION.test(after));
  const isLoose = sign !== '_';
  return {
    kind: 'run',
    sign,
    size,
    canOpen: isLeft && (isLoose || !isRight || PUNCTUATION.test(before)),
    canClose: isRight && (isLoose || !isLeft || PUNCTUATION.test(after)),
    left: size,
    closes: [],
    opens: [],
  };
}

/**
 * Runs become marks in pairs; what has no partner is words again. Linear: what is passed over without a partner is not looked
 * at again (https://spec.commonmark.org/0.31.2/#process-emphasis).
 */
export function resolved(pieces: readonly (Piece | Break | Run)[]): readonly (Piece | Break)[] {
  if (!pieces.some(({ kind }) => kind === 'run')) return pieces as readonly (Piece | Break)[];
  pair(pieces.filter((piece) => piece.kind === 'run'));
  const result: (Piece | Break)[] = [];
  for (const piece of pieces) {
    if (piece.kind !== 'run') add(result, piece);
    else {
      for (const mark of piece.closes) result.push({ kind: 'mark', mark, opens: false });
      if (piece.left > 0) add(result, { kind: 'words', text: piece.sign.repeat(piece.left) });
      for (const mark of piece.opens.toReversed()) result.push({ kind: 'mark', mark, opens: true });
    }
  }
  return result;
}

/** Neighbouring words become one piece, so that `snake_case` is seen as a whole. */
function add(pieces: (Piece | Break)[], piece: Piece | Break): void {
  const last = pieces.at(-1);
  if (piece.kind === 'words' && last?.kind === 'words') {
    pieces[pieces.length - 1] = { kind: 'words', text: last.text + piece.text };
  } else pieces.push(piece);
}

function pair(runs: readonly Run[]): void {
  const openers: number[] = [];
  /** Below this run there is no opener for a closer of this sort. */
  const floors = new Map<string, number>();
  for (const [index, closer] of runs.entries()) {
    const sort = closer.sign === '~' ? `~${closer.size}` : `${closer.sign}${closer.canOpen}${closer.size % 3}`;
    while (closer.canClose && closer.left > 0) {
      const found = lastOpener(runs, openers, closer, floors.get(sort) ?? -1);
      if (found < 0) {
        floors.set(sort, openers.at(-1) ?? -1);
        break;
      }
      // What was opened in between and never closed may not be closed from outside.
      openers.length = found + 1;
      const opener = runs[openers[found] ?? -1];
      if (opener === undefined) break;
      join(opener, closer);
      if (opener.left === 0) openers.pop();
    }
    if (closer.canOpen && closer.left > 0) openers.push(index);
  }
}

function lastOpener(runs: readonly Run[], openers: readonly number[], closer: Run, floor: number): number {
  for (let at = openers.length - 1; at >= 0; at--) {
    const index = openers[at] ?? -1;
    if (index <= floor) return -1;
    const opener = runs[index];
    if (opener !== undefined && isPair(opener, closer)) return at;
  }
  return -1;
}

/** https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis, rules 9 and 10; struck text has one or two signs on both sides. */
function isPair(opener: Run, closer: Run): boolean {
  if (opener.sign !== closer.sign) return false;
  if (opener.sign === '~') return opener.size === closer.size && opener.size <= 2;
  const isBoth = opener.canClose || closer.canOpen;
  const isOdd = (opener.size + closer.size) % 3 === 0 && (opener.size % 3 !== 0 || closer.size % 3 !== 0);
  return !(isBoth && isOdd);
}

function join(opener: Run, closer: Run): void {
  const taken = opener.left > 1 && closer.left > 1 ? 2 : 1;
  const mark: Mark = opener.sign === '~' ? '~' : taken === 2 ? '*' : '_';
  opener.left -= taken;
  closer.left -= taken;
  opener.opens.push(mark);
  closer.closes.push(mark);
}
