import { stripVTControlCharacters } from 'node:util';

export interface Column {
  readonly title: string;
  readonly align?: 'right' | undefined;
  /** The one column that is shortened when the terminal is too narrow. */
  readonly flexible?: true | undefined;
}

const GAP = '  ';
const LEAST_FLEXIBLE = 12;

/**
 * Aligned lines with a title line, no wider than `width` as far as the flexible column allows. Cells may be coloured. Text
 * from outside must be cleaned (`oneLine`) first.
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const lines = [columns.map((column) => column.title), ...rows];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => visibleWidth(line[index] ?? ''))));
  const flexible = columns.findIndex((column) => column.flexible);
  if (flexible >= 0) {
    const rest = widths.reduce((sum, each, index) => sum + (index === flexible ? 0 : each + GAP.length), 0);
    widths[flexible] = Math.min(widths[flexible] ?? 0, Math.max(LEAST_FLEXIBLE, width - rest));
  }
  return lines.map((line) =>
    columns
      .map((column, index) => fit(line[index] ?? '', widths[index] ?? 0, column))
      .join(GAP)
      .trimEnd(),
  );
}

/** Text from outside as one harmless line: no line breaks, tabs or terminal control sequences. */
export function oneLine(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '');
}

function fit(cell: string, width: number, column: Column): string {
  const space = width - visibleWidth(cell);
  if (space < 0)
    return `${Array.from(cell)
      .slice(0, width - 1)
      .join('')}…`;
  return column.align === 'right' ? ' '.repeat(space) + cell : cell + ' '.repeat(space);
}

function visibleWidth(cell: string): number {
  return Array.from(stripVTControlCharacters(cell)).length;
}
