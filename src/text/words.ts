const NAMES_SHOWN = 3;

export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A provider's names as words, at most 60 characters: `code_scanning_alert` → `code scanning alert`. */
export function spaced(name: string): string {
  return name.slice(0, 60).replace(/[_-]+/g, ' ').trim();
}

/** `1,204` */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 commit`, `3 commits` */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `40 s`, `12 min`, `2 h 10 min`, `3 days`; from ms, whole units rounded down. */
export function lasting(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  if (minutes === 0) return `${Math.floor(ms / 1_000)} s`;
  if (hours === 0) return `${minutes} min`;
  if (hours >= 48) return counted(Math.floor(hours / 24), 'day');
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** `api, web, docs and 4 more`; null for none. */
export function enumerated(names: readonly string[], shown = NAMES_SHOWN): string | null {
  const hidden = names.length - shown;
  if (names.length === 0) return null;
  return hidden <= 0 ? names.join(', ') : `${names.slice(0, shown).join(', ')} and ${grouped(hidden)} more`;
}
