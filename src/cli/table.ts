import { stripVTControlCharacters } from 'node:util';
import { columnsOf, cutToColumns } from '../shared/terminal/columns.ts';

export { oneLine } from '../shared/terminal/one-line.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'right' | undefined;
  /** The column that is shortened first when the terminal is too narrow. */
  readonly flexible?: true | undefined;
}

const GAP = '  ';
const LEAST_FLEXIBLE = 12;
/** Narrower says nothing. */
const LEAST = 4;

/**
 * Aligned lines with a title line, no wider than `width`. Cells may be coloured; what is cut ends in `…`, and is not. Text
 * from outside must be cleaned (`oneLine`) first.
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const lines = [columns.map((column) => column.title), ...rows];
  const natural = columns.map((_, index) => Math.max(...lines.map((line) => columnsOf(line[index] ?? ''))));
  const widths = fitted(
    natural,
    columns.findIndex((column) => column.flexible),
    width - GAP.length * (columns.length - 1),
  );
  return lines.map((line) =>
    columns
      .map((column, index) => fit(line[index] ?? '', widths[index] ?? 0, column))
      .join(GAP)
      .trimEnd(),
  );
}

/** First the flexible column gives way, then whichever is the widest. */
function fitted(natural: readonly number[], flexible: number, space: number): readonly number[] {
  const widths = [...natural];
  let over = widths.reduce((sum, each) => sum + each, -space);
  const shorten = (index: number, by: number) => {
    widths[index] = (widths[index] ?? 0) - by;
    over -= by;
  };
  const spare = (widths[flexible] ?? 0) - LEAST_FLEXIBLE;
  if (spare > 0 && over > 0) shorten(flexible, Math.min(spare, over));
  while (over > 0 && Math.max(...widths) > LEAST) shorten(widths.indexOf(Math.max(...widths)), 1);
  return widths;
}

function fit(cell: string, width: number, column: Column): string {
  const space = width - columnsOf(cell);
  if (space < 0) return fit(cutToColumns(stripVTControlCharacters(cell), width), width, column);
  return column.align === 'right' ? ' '.repeat(space) + cell : cell + ' '.repeat(space);
}
