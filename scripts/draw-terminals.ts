import { columnsOf } from '../src/shared/terminal/columns.ts';

/** One terminal of 80 columns: what appears in it, in order. */
export interface Terminal {
  readonly title: string;
  readonly scenes: readonly Scene[];
}

export interface Scene {
  /** The second in which it appears. */
  readonly at: number;
  /** Goes on where the scene before it ended. Colours as programs write them (SGR). */
  readonly text: string;
  /** Letter by letter. */
  readonly isTyped?: boolean;
}

const COLUMNS = 80;
const CELL = 8;
const LINE = 18;
const PADDING = 16;
const TITLE = 32;
const GAP = 12;
/** Seconds that the last picture stays before all begins anew, and that typing takes. */
const REST = 8;
const TYPING = 1.2;

/** The names of looks by the number that switches them on; any other number switches them off. */
const LOOKS: ReadonlyMap<number, string> = new Map([
  [1, 'bold'],
  [2, 'dim'],
  [31, 'red'],
  [32, 'green'],
  [33, 'yellow'],
  [36, 'cyan'],
]);

/** A colour that begins or ends, the end of a line, or what is shown. */
const ESCAPE = String.fromCharCode(0x1b);
const PIECES = new RegExp(String.raw`${ESCAPE}\[(\d*)m|\n|[^${ESCAPE}\n]+`, 'g');

/**
 * An SVG that plays what happened in terminals, one below the other, again and again. Where nothing may move (a reader who wants
 * it so, a converter) it is the last picture. Each piece of text carries its place and its width, so that every monospaced font
 * gives the same picture.
 */
export function drawTerminals(terminals: readonly Terminal[], description: string): string {
  const moments = terminals.flatMap(({ scenes }) => scenes).filter(({ at }) => at > 0);
  const seconds = Math.max(...moments.map(({ at }) => at)) + REST;
  const width = COLUMNS * CELL + 2 * PADDING;
  let top = 0;
  const windows = terminals.map((terminal) => {
    const { svg, height } = drawWindow(terminal, top, width);
    top += height + GAP;
    return svg;
  });
  const height = top - GAP;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(description)}">
<style>
text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d6deeb}
.window{fill:#0b1a2b;stroke:#4b6479}.title{fill:#8aa0b4;font-size:12px}
.bold{font-weight:700;fill:#fff}.dim{fill:#8aa0b4}.red{fill:#ff6b6b}.green{fill:#4fd18b}.yellow{fill:#ffd166}.cyan{fill:#7fdbff}
@media (prefers-reduced-motion:no-preference){
${moments.map((scene) => animation(scene, seconds)).join('\n')}
}
</style>
${windows.join('\n')}
</svg>
`;
}

const className = (at: number) => `at${String(at).replace('.', '-')}`;

function animation({ at, text, isTyped = false }: Scene, seconds: number): string {
  const name = className(at);
  const percent = (second: number) => `${((100 * second) / seconds).toFixed(1)}%`;
  if (!isTyped) {
    return `.${name}{animation:${name} ${seconds}s step-end infinite}@keyframes ${name}{0%{opacity:0}${percent(at)}{opacity:1}}`;
  }
  const hidden = 'clip-path:inset(0 100% 0 0)';
  return `.${name}{animation:${name} ${seconds}s infinite}@keyframes ${name}{0%,${percent(at)}{${hidden};animation-timing-function:steps(${text.trim().length})}${percent(at + TYPING)},100%{clip-path:inset(0)}}`;
}

function drawWindow(
  { title, scenes }: Terminal,
  top: number,
  width: number,
): { readonly svg: string; readonly height: number } {
  const cursor = { row: 0, column: 0 };
  const groups = scenes.map(({ at, text }) => {
    const spans = spansOf(text, cursor).map((span) => drawSpan(span, top));
    return at > 0 ? `<g class="${className(at)}">${spans.join('\n')}</g>` : spans.join('\n');
  });
  const rows = cursor.row + (cursor.column > 0 ? 1 : 0);
  const height = TITLE + rows * LINE + PADDING;
  const svg = `<rect class="window" x=".5" y="${top + 0.5}" width="${width - 1}" height="${height - 1}" rx="8"/>
<text class="title" x="${PADDING}" y="${top + 21}">${escape(title)}</text>
${groups.join('\n')}`;
  return { svg, height };
}

interface Span {
  readonly text: string;
  readonly look: string;
  readonly row: number;
  readonly column: number;
  readonly columns: number;
}

/** Moves the cursor on, as a terminal does. */
function spansOf(text: string, cursor: { row: number; column: number }): readonly Span[] {
  const spans: Span[] = [];
  let look = '';
  for (const [piece, code] of text.replaceAll('\r', '').matchAll(PIECES)) {
    if (code !== undefined) look = LOOKS.get(Number(code)) ?? '';
    else if (piece === '\n') {
      cursor.row++;
      cursor.column = 0;
    } else {
      const shown = piece.trim();
      const column = cursor.column + piece.length - piece.trimStart().length;
      if (shown !== '') spans.push({ text: shown, look, row: cursor.row, column, columns: columnsOf(shown) });
      cursor.column += columnsOf(piece);
      if (cursor.column > COLUMNS) throw new Error(`wider than ${COLUMNS} columns: ${piece}`);
    }
  }
  return spans;
}

function drawSpan({ text, look, row, column, columns }: Span, top: number): string {
  const x = PADDING + column * CELL;
  const y = top + TITLE + (row + 1) * LINE - 5;
  const kind = look === '' ? '' : ` class="${look}"`;
  return `<text${kind} x="${x}" y="${y}" textLength="${columns * CELL}">${escape(text)}</text>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
