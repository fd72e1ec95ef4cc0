import type { StoredEvent } from '../model/event.ts';
import type { Route } from '../model/rule.ts';
import type { Source } from '../model/source.ts';
import type { Rehearsed } from '../model/trial/rehearsal.ts';
import { wordsOf } from '../route/template/words-of.ts';
import { compared } from '../route/transition.ts';
import { payloadOf, readEvent } from './expand/read-event.ts';
import { type Taker, takersOf } from './expand/take-all.ts';

interface Stage {
  readonly sources: ReadonlyMap<string, Source>;
  readonly route: Route;
  /** How the result before ended. Null: there was none. */
  readonly passedBefore: boolean | null;
  /** The changed files, where somebody says so. Null: those that the payload names. */
  readonly paths: readonly string[] | null;
  readonly takers: readonly Taker[];
}

/** What would become of an event at the time it was received, were it all there is; its labels count as settled. Pure. */
export async function rehearse(
  event: StoredEvent,
  { sources, route, passedBefore, paths, takers }: Stage,
): Promise<Rehearsed> {
  const reading = await readEvent(event, sources);
  const taken = takersOf(event, takers);
  if (reading.activity === null) {
    const { state, reason } = reading.expansion;
    if (state === 'failed') return { ok: false, problem: reason ?? 'it cannot be read' };
    return { ok: true, rehearsal: { ...NOTHING, taken, reason } };
  }
  const { facets } = reading.activity;
  const activity = { ...reading.activity, facets: { ...facets, paths: paths ?? facets.paths } };
  const asked = compared(activity, passedBefore);
  const { tell, trace, reason, wantsPaths } = route(asked, event.receivedAt);
  const { tellings, worded } = wordsOf(asked, tell, () => payloadOf(event, sources));
  const activities = new Map(tellings.map((said) => [said.telling.destination, said.activity]));
  const whole = { ...trace, ...(worded.length > 0 && { worded }) };
  return { ok: true, rehearsal: { kind: activity.kind, tell, activities, taken, trace: whole, reason, wantsPaths } };
}

const NOTHING = { kind: null, tell: [], activities: new Map(), trace: null, wantsPaths: false } as const;
