interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a piece of a value stands in the YAML scalar it was read from; offsets into `source`. Folding and indentation
 * change blanks only, so that the characters between them stand in the same order in both. Null where they do not: an
 * escape (`"\x41"`) or a variable has made others of them.
 */
export function withinScalar(source: string, value: string, { start, end }: Span): Span | null {
  const written = charactersOf(source);
  const filled = [...value.matchAll(/\S/g)];
  if (written.length !== filled.length) return null;
  if (!written.every(({ character }, index) => character === filled[index]?.[0])) return null;
  const first = filled.findIndex(({ index }) => index >= start);
  const last = filled.findLastIndex(({ index }) => index < end);
  const from = written[Math.max(first, 0)];
  const to = written[Math.max(last, first, 0)];
  // What ends too early points behind the last character.
  if (first < 0) return { start: written.at(-1)?.at ?? 0, end: (written.at(-1)?.at ?? 0) + 1 };
  return from && to ? { start: from.at, end: to.at + 1 } : null;
}

interface Character {
  readonly character: string;
  readonly at: number;
}

/** What is no blank, without quotes, the header of a block and the escapes of quotes themselves. */
function charactersOf(source: string): readonly Character[] {
  const [pattern, from, to] = formOf(source);
  return Array.from(source.slice(from, to).matchAll(pattern), (found) => ({
    character: found[0].slice(-1),
    at: from + found.index,
  })).filter(({ character }) => character.trim() !== '');
}

/** What stands for one character, and where the text begins and ends. */
function formOf(source: string): readonly [pattern: RegExp, from: number, to: number] {
  switch (source[0]) {
    case "'":
      return [/''|[^]/g, 1, source.length - 1];
    case '"':
      return [/\\["\\/]|[^]/g, 1, source.length - 1];
    case '|':
    case '>':
      return [/[^]/g, source.indexOf('\n') + 1, source.length];
    default:
      return [/[^]/g, 0, source.length];
  }
}
