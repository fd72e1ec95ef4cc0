/** A body as the forms read it. */
export interface Body {
  /** At most 65,536 characters, with `\n` for every line break and nothing that cannot be seen. */
  readonly text: string;
  readonly lines: readonly string[];
  /** The author's login in lower case; '' where nobody knows it. A hint only: many bots write under a person's name. */
  readonly author: string;
}

/**
 * What a body of one form changes, as at most `LINES` lines of Markdown; none where it says nothing that the title does not.
 * Null: the body has another form. Never throws, and is linear in the body's length.
 */
export type Form = (body: Body) => readonly string[] | null;

/** What every destination shows: lines, and characters as people see them, with room for the last line. */
export const LINES = 8;
const SHOWN = 280;

/** `head`, then as many items as fit, as a list; the last one says how many are left out. An item may stand for several. */
export function listLines(
  head: readonly string[],
  items: readonly string[],
  counts: readonly number[] = [],
): readonly string[] {
  const all = [...head, ...items.map((item) => `- ${item}`)];
  if (head.length === 0 && items.length === 1) return items;
  if (fits(all)) return all;
  const shown = Math.max(1, Math.min(LINES - 1, fitting(all)) - head.length);
  const hidden = items.slice(shown).reduce((sum, _, index) => sum + (counts[shown + index] ?? 1), 0);
  return [...all.slice(0, head.length + shown), ...(hidden > 0 ? [`- and ${hidden} more`] : [])];
}

/** Whether people see all of these lines. */
export function fits(lines: readonly string[]): boolean {
  return lines.length <= LINES && fitting(lines) === lines.length;
}

function fitting(lines: readonly string[]): number {
  let left = SHOWN;
  // A link counts as its label.
  const first = lines.findIndex((line) => (left -= line.replace(/\]\([^()\s]*\)/g, '').length) < 0);
  return first < 0 ? lines.length : first;
}
