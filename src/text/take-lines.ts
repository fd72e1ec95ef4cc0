/** Joins lines while they fit into `max`; tells how many were taken. */
export function takeLines(lines: readonly string[], max: number): { readonly text: string; readonly taken: number } {
  let text = '';
  let taken = 0;
  for (const line of lines) {
    const next = taken === 0 ? line : `${text}\n${line}`;
    if (next.length > max) break;
    text = next;
    taken++;
  }
  return { text, taken };
}
