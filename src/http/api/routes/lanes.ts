import { z } from 'zod';
import { spanMs, TERM_UNITS, termProblem } from '../../../config/parts/amounts.ts';
import { OWN_LANES } from '../../../model/inbox/lanes.ts';
import { redactAll } from '../../../shared/secrets/redact.ts';
import { iso } from '../../../shared/time-words.ts';
import { noteAct } from '../../acts/note-act.ts';
import { lanesJson } from '../../lanes/lanes-json.ts';
import { Changed, Lanes } from '../answers/lanes.ts';
import { type Answer, failure, json, type Route, route } from '../route.ts';
import type { V1Deps } from '../v1-deps.ts';

export const LaneParams = z.strictObject({ name: z.string().min(1).max(200) });

const PauseWish = z.strictObject({
  for: z
    .string()
    .max(20)
    .refine(
      (text) => text.trim() !== 'forever' && termProblem(text) === undefined,
      'must be a time such as 30m, 2h or 1d',
    )
    .optional()
    .describe('`2h`. Left out: until somebody resumes it.'),
});

export const LANE_ROUTES: readonly Route<V1Deps>[] = [
  route({
    method: 'GET',
    path: '/lanes',
    tag: 'Lanes',
    summary: 'The destinations: what waits for each, how it is, and what to do',
    command: 'destinations',
    role: 'viewer',
    answer: Lanes,
    async handle(_asked, { archive, system, clock, invocation }: V1Deps) {
      const [depths, places] = await Promise.all([archive.depths(), system?.places() ?? null]);
      return json(redactAll(lanesJson(depths, places, { now: clock.now(), invocation })));
    },
  }),
  route({
    method: 'POST',
    path: '/lanes/:name/pause',
    tag: 'Lanes',
    summary: 'Send nothing there for a while: what is told waits',
    command: 'pause team --for 2h',
    role: 'admin',
    params: LaneParams,
    body: PauseWish,
    answer: Changed,
    async handle({ params: { name }, body, caller }, deps: V1Deps) {
      if (!(await isLane(name, deps))) return noLane(name);
      const at = deps.clock.now();
      const span = body.for === undefined ? undefined : spanMs(body.for, TERM_UNITS);
      const until = span === undefined ? null : at + span;
      const changed = await deps.archive.hold(name, { by: caller.who, at, until });
      const end = until === null ? 'until somebody resumes it' : `until ${iso(until)}`;
      const says = changed ? `${name} is paused ${end}. What is told there waits.` : `${name} cannot be paused.`;
      if (changed) await noteAct(deps, caller, { what: 'pause', about: name, outcome: end });
      return json(redactAll({ changed, says }));
    },
  }),
  route({
    method: 'POST',
    path: '/lanes/:name/resume',
    tag: 'Lanes',
    summary: 'Send again: it is neither paused nor held to be broken any more',
    command: 'resume team',
    role: 'admin',
    params: LaneParams,
    answer: Changed,
    async handle({ params: { name }, caller }, deps: V1Deps) {
      if (!(await isLane(name, deps))) return noLane(name);
      const { wasBroken, held } = await deps.archive.resume(name);
      const changed = wasBroken || held !== null;
      if (changed) await noteAct(deps, caller, { what: 'resume', about: name, outcome: resumedWords(wasBroken) });
      const says = changed
        ? `${name} ${wasBroken ? 'is tried again' : 'goes on'}: what waits is sent in order, within seconds where a worker runs.`
        : `${name} is neither paused nor broken: there was nothing to resume.`;
      return json(redactAll({ changed, says }));
    },
  }),
];

function resumedWords(wasBroken: boolean): string {
  return wasBroken ? 'tried again: it was held to be broken' : 'it was paused';
}

/** A destination, or what waits for one that is configured no more. */
export async function isLane(name: string, { archive, system }: V1Deps): Promise<boolean> {
  if (OWN_LANES.includes(name)) return false;
  const places = (await system?.places()) ?? [];
  return places.some((place) => place.name === name) || (await archive.depths()).some(({ lane }) => lane === name);
}

export function noLane(name: string): Answer {
  return failure(404, 'not_found', `There is no destination "${name}".`);
}
