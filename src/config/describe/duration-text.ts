/** The shortest way to write it: `90s`, `2m`. */
export function durationText(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000}m` : `${ms / 1_000}s`;
}
