/**
 * Part of a text within one line: words may be cut anywhere, code and links have borders of their own. Of a line's marks some
 * are not closed, or not opened: who writes them sees to it.
 */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string; readonly text: string }
  | Image
  | { readonly kind: 'mark'; readonly mark: Mark; readonly opens: boolean };

/** `url` is one of `honestUrl`, as a link's is; the text is what it shows, '' where nobody said. */
export interface Image {
  readonly kind: 'image';
  readonly url: string;
  readonly text: string;
}

/** Bold (`*`), italic (`_`), struck (`~`). */
export type Mark = '*' | '_' | '~';

/** Where a line ends within a paragraph: GitHub keeps the line breaks of what people write. */
export type Break = { readonly kind: 'break' };

/** A line of Markdown as people read it. */
export type WrittenLine =
  | (Placed & {
      readonly kind: 'text' | 'heading';
      /** `•`, `1.`, `☐`, `☑`; '' where the line begins no item. */
      readonly bullet: string;
      readonly pieces: readonly Piece[];
    })
  | (Placed & { readonly kind: 'code'; readonly text: string });

interface Placed {
  /** How many quotes it is in. */
  readonly quote: number;
  /** How many lists it is in, the one that it is an item of not counted. */
  readonly indent: number;
}

/** What a piece shows, without its looks. */
export function textOf(piece: Piece): string {
  switch (piece.kind) {
    case 'words':
    case 'code':
    case 'link':
      return piece.text;
    case 'image':
      return imageLabel(piece.text);
    case 'mark':
      return '';
  }
}

/** `🖼 the login page`; GitHub names each picture `image` that nobody named. */
export function imageLabel(alt: string): string {
  return alt === '' || /^image$/i.test(alt) ? '🖼' : `🖼 ${alt}`;
}
