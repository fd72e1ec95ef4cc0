/** `3 min 7 s`, from two times in ms; null when nobody says. */
export function between(started: number | null, ended: number | null): string | null {
  return started === null || ended === null || ended <= started ? null : duration(ended - started);
}

export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
