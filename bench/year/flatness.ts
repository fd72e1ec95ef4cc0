import type { YearDay } from './live-year.ts';

/** How far the size goes from its mean at most, as a share of it, from a day on. */
export function flatness(days: readonly YearDay[], from: number): number {
  const sizes = days.filter(({ day }) => day >= from).map(({ bytes }) => bytes);
  const mean = sizes.reduce((sum, bytes) => sum + bytes, 0) / sizes.length;
  return Math.max(...sizes.map((bytes) => Math.abs(bytes - mean) / mean));
}
