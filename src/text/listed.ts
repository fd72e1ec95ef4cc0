import { grouped } from './words.ts';

/** For ` and 1,000 more`. */
const MORE = 60;

/** The items that fit into `max`, a line each or in a row, and how many of `total` are not among them: `mona, hubot and 980 more`. */
export function listed(items: readonly string[], total: number, max: number, isRow: boolean): string {
  const [between, last] = isRow ? [', ', ' '] : ['\n', '\n'];
  let text = '';
  let taken = 0;
  for (const item of items) {
    const next = taken === 0 ? item : text + between + item;
    if (next.length > max - MORE) break;
    text = next;
    taken++;
  }
  const rest = total - taken;
  if (rest === 0) return text;
  return taken === 0 ? `${grouped(rest)} in all` : `${text}${last}and ${grouped(rest)} more`;
}
