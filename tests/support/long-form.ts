import type { TestContext } from 'node:test';

/** `npm run attack` sets ATTACK=full; `npm test` tries a share, so that it stays short. */
export const FULL = process.env['ATTACK'] === 'full';

/** In `npm test` a share of the cases, at each run another: which it is is said. With ATTACK=full all of them. */
export function share(t: Pick<TestContext, 'diagnostic'>, of: number): (index: number) => boolean {
  if (FULL) return () => true;
  const turn = Math.floor(Math.random() * of);
  t.diagnostic(`share ${turn} of ${of}`);
  return (index) => index % of === turn;
}

/** What `npm run attack` adds up. At most once a test; one that says nothing is one case. */
export function tried(t: Pick<TestContext, 'diagnostic'>, cases: number, what: string): void {
  t.diagnostic(`tried ${cases} ${what}`);
}

/** How many cases a diagnostic of a test says; null when it is about something else. */
export function casesIn(diagnostic: string): number | null {
  const said = /^tried (\d+) /.exec(diagnostic)?.[1];
  return said === undefined ? null : Number(said);
}
