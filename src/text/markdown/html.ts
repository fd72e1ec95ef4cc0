import { decoded } from './entities.ts';
import type { Break, Mark, Piece } from './piece.ts';

export const TAG = /<(\/?)([a-zA-Z][a-zA-Z\d-]{0,30})(?=[\s/>])[^<>]{0,2000}>/y;

/** What they hold is shown as code. */
export const CODE_TAGS: ReadonlySet<string> = new Set(['code', 'kbd', 'pre', 'samp', 'tt', 'var']);

const MARKS: ReadonlyMap<string, Mark> = new Map<string, Mark>([
  ['b', '*'],
  ['strong', '*'],
  ['i', '_'],
  ['em', '_'],
  ['cite', '_'],
  ['dfn', '_'],
  ['s', '~'],
  ['strike', '~'],
  ['del', '~'],
]);

/** They begin and end a line; headings are bold, quotes italic. */
const BLOCKS: ReadonlyMap<string, Mark | null> = new Map<string, Mark | null>([
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((name): [string, Mark] => [name, '*']),
  ['blockquote', '_'],
  ...'address article aside br caption center dd details div dl dt figcaption figure footer header hr li main nav ol p pre section summary table tbody tfoot thead tr ul'
    .split(' ')
    .map((name): [string, null] => [name, null]),
]);

const BULLETS: ReadonlyMap<string, string> = new Map([
  ['li', '• '],
  ['summary', '▸ '],
]);

const CELLS: ReadonlySet<string> = new Set(['td', 'th']);

/** They say nothing themselves: what they hold is shown. */
const SILENT: ReadonlySet<string> = new Set(
  'a abbr bdi bdo big col colgroup data font g-emoji img ins label mark picture q rp rt ruby small source span sub sup time u video wbr'.split(
    ' ',
  ),
);

export function isTag(name: string): boolean {
  return MARKS.has(name) || BLOCKS.has(name) || CELLS.has(name) || SILENT.has(name) || CODE_TAGS.has(name);
}

/** What a tag of any other sort becomes, behind `before`. */
export function tagPieces(
  name: string,
  isClosing: boolean,
  before: readonly { readonly kind: string }[],
): readonly (Piece | Break)[] {
  if (CELLS.has(name)) return isClosing || isLineStart(before) ? [] : [{ kind: 'words', text: ' · ' }];
  const mark = MARKS.get(name) ?? BLOCKS.get(name) ?? null;
  const marks: readonly Piece[] = mark === null ? [] : [{ kind: 'mark', mark, opens: !isClosing }];
  if (!BLOCKS.has(name)) return marks;
  if (isClosing) return [...marks, { kind: 'break' }];
  const bullet = BULLETS.get(name);
  return [{ kind: 'break' }, ...marks, ...(bullet === undefined ? [] : [{ kind: 'words', text: bullet } as const])];
}

function isLineStart(before: readonly { readonly kind: string; readonly text?: string }[]): boolean {
  const last = before.findLast(({ kind, text }) => kind !== 'words' || text?.trim() !== '');
  return last === undefined || last.kind === 'break';
}

/** '' where the tag has none of that name. */
export function attribute(tag: string, name: 'alt' | 'href' | 'src'): string {
  const found = ATTRIBUTES[name].exec(tag);
  return decoded(found?.[1] ?? found?.[2] ?? found?.[3] ?? '').trim();
}

const ATTRIBUTES = { alt: attributeOf('alt'), href: attributeOf('href'), src: attributeOf('src') } as const;

function attributeOf(name: string): RegExp {
  return new RegExp(`\\s${name}\\s{0,5}=\\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i');
}
