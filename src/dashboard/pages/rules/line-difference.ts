export interface DifferentLine {
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  /** Of a gap: how much is left out, in words. */
  readonly text: string;
}

/** Lines that stay, shown around what changes. */
const AROUND = 3;
/** Beyond, all between the first and the last change is shown as replaced. */
const MOST_CELLS = 4_000_000;
/** More than a page should show. */
const MOST_LINES = 2_000;

/** What makes `after` out of `before`, by the longest common sequence of lines, with some lines around each change. */
export function lineDifference(before: string, after: string): readonly DifferentLine[] | 'same' {
  if (before === after) return 'same';
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const lines: DifferentLine[] = [
    ...a.slice(0, start).map(same),
    ...between(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ];
  return shortened(lines);
}

function between(a: readonly string[], b: readonly string[]): DifferentLine[] {
  if ((a.length + 1) * (b.length + 1) > MOST_CELLS) return [...a.map(removed), ...b.map(added)];
  const width = b.length + 1;
  // How long the longest common sequence of what is left from here is.
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DifferentLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) [i, j] = [i + 1, (lines.push(same(a[i] ?? '')), j + 1)];
    else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) lines.push(removed(a[i++] ?? ''));
    else lines.push(added(b[j++] ?? ''));
  }
  return lines;
}

function shortened(lines: readonly DifferentLine[]): readonly DifferentLine[] {
  const isNear = lines.map(() => false);
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue;
    for (let near = Math.max(0, index - AROUND); near <= Math.min(lines.length - 1, index + AROUND); near++)
      isNear[near] = true;
  }
  const shown: DifferentLine[] = [];
  let hidden = 0;
  for (const [index, line] of lines.entries()) {
    if (isNear[index] !== true) {
      hidden++;
      continue;
    }
    if (hidden > 0) shown.push(gap(hidden, 'as before'));
    hidden = 0;
    shown.push(line);
  }
  if (hidden > 0) shown.push(gap(hidden, 'as before'));
  const over = shown.length - MOST_LINES;
  return over > 0 ? [...shown.slice(0, MOST_LINES), gap(over, 'more')] : shown;
}

function gap(count: number, what: string): DifferentLine {
  return { kind: 'gap', text: `${count} ${count === 1 ? 'line' : 'lines'} ${what}` };
}

const same = (text: string): DifferentLine => ({ kind: 'same', text });
const added = (text: string): DifferentLine => ({ kind: 'added', text });
const removed = (text: string): DifferentLine => ({ kind: 'removed', text });
