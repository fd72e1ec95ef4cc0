/**
 * When events came, ms since 1970, as far as nobody's clock can be wrong about it. `times` is what each says, in the order in which
 * they were stored; `upTo` the latest time before them.
 *
 * None came before those before it: what a machine stamped that woke up in 1970 is as old as its neighbour. What lies ahead of
 * `now` was stamped by a clock that ran ahead: it came before what follows. Null: nothing does, so it may be of this moment. Both make
 * an event younger than it may be, never older: it goes late, not early. What is brought back from a file counts from then on, too.
 */
export function agesOf(times: readonly number[], upTo: number, now: number): readonly (number | null)[] {
  let latest = upTo <= now ? upTo : Number.NEGATIVE_INFINITY;
  const forward = times.map((time) => {
    if (time > now) return null;
    latest = Math.max(latest, time);
    return latest;
  });
  let next: number | null = null;
  return forward
    .toReversed()
    .map((time) => (next = time ?? next))
    .toReversed();
}
