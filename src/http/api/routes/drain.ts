import { z } from 'zod';
import { redactAll } from '../../../shared/secrets/redact.ts';
import { plural } from '../../../shared/time-words.ts';
import { noteAct } from '../../acts/note-act.ts';
import { Drained } from '../answers/lanes.ts';
import { json, type Route, route } from '../route.ts';
import type { V1Deps } from '../v1-deps.ts';
import { isLane, LaneParams, noLane } from './lanes.ts';

export const DRAIN_ROUTE: Route<V1Deps> = route({
  method: 'POST',
  path: '/lanes/:name/drain',
  tag: 'Lanes',
  summary: 'Give up what waits there now: nobody is told of it',
  description:
    'With `dry_run` it is only counted. What is being sent at that moment is sent. Each stays in the record, and a replay by event id sends it.',
  command: 'drain team --dry-run',
  role: 'admin',
  params: LaneParams,
  body: z.strictObject({ dry_run: z.boolean().default(false) }),
  answer: Drained,
  async handle({ params: { name }, body: { dry_run: dryRun }, caller }, deps: V1Deps) {
    if (!(await isLane(name, deps))) return noLane(name);
    const count = await deps.archive.drain(name, { by: caller.who }, { dryRun });
    const messages = plural(count, 'message');
    if (dryRun) {
      const says =
        count === 0 ? `Nothing waits for ${name}.` : `${messages} for ${name} would be given up, and nobody told.`;
      return json(redactAll({ dry_run: true, count, says }));
    }
    const says =
      count === 0 ? `Nothing waited for ${name}.` : `${messages} for ${name} given up; the events stay stored.`;
    if (count > 0) await noteAct(deps, caller, { what: 'drain', about: name, outcome: says });
    return json(redactAll({ dry_run: false, count, says }));
  },
});
