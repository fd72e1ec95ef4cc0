import stringWidth from 'fast-string-width';

/** Columns of a terminal that the text takes: none for colours, two for an emoji and most of Chinese, Japanese and Korean. */
export function columnsOf(text: string): number {
  return stringWidth(text);
}

/** At most so many columns; what is cut ends in `…`. For text without colours. */
export function cutToColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = '';
  for (const character of text) {
    if (columnsOf(kept + character) >= columns) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** At most so many lines of so many columns, broken between words; the last is cut. For text without colours. */
export function wrappedToColumns(text: string, columns: number, lines: number): readonly string[] {
  const wrapped: string[] = [];
  let rest = text;
  while (wrapped.length < lines - 1 && columnsOf(rest) > columns) {
    const kept = cutToColumns(rest, columns + 1).slice(0, -1);
    const blank = rest[kept.length] === ' ' ? kept.length : kept.lastIndexOf(' ');
    const end = blank > 0 ? blank : kept.length;
    wrapped.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...wrapped, cutToColumns(rest, columns)];
}
