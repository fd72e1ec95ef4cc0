import { linesIn } from './lines.ts';
import type { Image } from './piece.ts';

/** So much Markdown is more than a picture. */
const READ = 3_000;

/** The picture of a text that is nothing but one. */
export function onlyImage(markdown: string): Image | null {
  if (!/!\[|<img/i.test(markdown)) return null;
  let image: Image | null = null;
  for (const line of linesIn(markdown, READ)) {
    if (line.kind === 'code') return null;
    for (const piece of line.pieces) {
      if (piece.kind === 'mark' || (piece.kind === 'words' && piece.text.trim() === '')) continue;
      if (piece.kind !== 'image' || image !== null) return null;
      image = piece;
    }
  }
  return image;
}
