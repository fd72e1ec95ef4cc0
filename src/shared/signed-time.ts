/** Whether a signed time, in seconds since 1970, is further from `now` (ms) than that, either way. */
export function isStale(seconds: number, now: number, toleranceSeconds: number): boolean {
  // Not `>`: what is no number is stale.
  return !(Math.abs(ageOf(seconds, now)) <= toleranceSeconds);
}

/** What may have happened, for the operator's log. `signer`: who signed it, as people call it. */
export function staleWords(signer: string, seconds: number, now: number, toleranceSeconds: number): string {
  const age = ageOf(seconds, now);
  const when = age < 0 ? `${-age} seconds from now` : `${age} seconds ago`;
  return `${signer} signed it, but ${when}, and ${toleranceSeconds} seconds are allowed: it was held up, or sent again by somebody else.`;
}

/** Whole seconds, as those who sign it count. */
function ageOf(seconds: number, now: number): number {
  return Math.floor(now / 1000) - seconds;
}
