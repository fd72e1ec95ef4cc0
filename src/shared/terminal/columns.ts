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
