const UNITS = ['kB', 'MB', 'GB', 'TB'] as const;

/** `312 B`, `4.2 kB`, `31 MB`, `1.4 GB`: thousands, as disks are sold. */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${Math.round(bytes)} B`;
  const power = Math.min(UNITS.length, Math.floor(Math.log10(bytes) / 3 + 1e-9));
  const amount = bytes / 1_000 ** power;
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${UNITS[power - 1]}`;
}
