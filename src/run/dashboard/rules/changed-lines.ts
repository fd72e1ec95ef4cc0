import { plural } from '../../../shared/time-words.ts';

/** `2 lines added, 1 removed`: lines are compared wherever they stand, so that one that moved is no change. */
export function changedLines(before: string, after: string): string {
  const left = counted(before);
  let added = 0;
  for (const line of linesOf(after)) {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    else added++;
  }
  const removed = [...left.values()].reduce((sum, count) => sum + count, 0);
  if (added + removed === 0) return before === after ? 'nothing changed' : 'only the order of lines changed';
  return `${plural(added, 'line')} added, ${removed} removed`;
}

function counted(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of linesOf(text)) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
