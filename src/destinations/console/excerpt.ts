import { type Line, parseMarkdown } from '../../text/markdown.ts';
import { oneLine } from '../../text/plain.ts';

/** A few lines of an excerpt fit; more than this is not looked at. */
const READ = 2_000;

/** GitHub Markdown as at most `lines` lines of plain text: marks, pictures and fences gone, links as their labels. */
export function excerptLines(markdown: string, lines: number): readonly string[] {
  return parseMarkdown(markdown, READ)
    .map((line) => oneLine(textOf(line)))
    .filter((text) => text !== '')
    .slice(0, lines);
}

function textOf(line: Line): string {
  if (line.kind === 'code') return line.text;
  const text = line.pieces.map((piece) => {
    switch (piece.kind) {
      case 'words':
      case 'code':
        return piece.text;
      case 'link':
        return piece.isImage ? '' : piece.text;
      case 'mark':
        return '';
    }
  });
  return (line.kind === 'quote' ? '> ' : '') + text.join('');
}
