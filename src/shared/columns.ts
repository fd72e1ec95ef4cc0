import truncatedWidth from 'fast-string-truncated-width';

/** Columns of a terminal that the text takes: none for colours, two for an emoji and most of Chinese, Japanese and Korean. */
export function columnsOf(text: string): number {
  return truncatedWidth(text).width;
}

/** At most so many columns; what is cut ends in `…`. For text without colours. */
export function cutToColumns(text: string, columns: number): string {
  const { truncated, index } = truncatedWidth(text, { limit: columns, ellipsis: '…', ellipsisWidth: 1 });
  return truncated ? `${text.slice(0, index).trimEnd()}…` : text;
}
