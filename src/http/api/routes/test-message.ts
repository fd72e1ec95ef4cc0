import { redactAll } from '../../../shared/secrets/redact.ts';
import { noteAct } from '../../acts/note-act.ts';
import { whyNotNow } from '../../lanes/lanes-json.ts';
import { TestSent } from '../answers/lanes.ts';
import { failure, json, type Route, route } from '../route.ts';
import type { V1Deps } from '../v1-deps.ts';
import { isLane, LaneParams, noLane } from './lanes.ts';

/** A message is no toy: whoever reads there sees each. */
const EVERY_MS = 10_000;

export const TEST_ROUTE: Route<V1Deps> = route({
  method: 'POST',
  path: '/lanes/:name/test',
  tag: 'Lanes',
  summary: 'Send a test message there, and say what came of it',
  description:
    'As the destination is configured, at most once in ten seconds. Nothing is sent beside what waits, nor to a destination that is paused, broken or failing: 409 says which.',
  role: 'admin',
  params: LaneParams,
  answer: TestSent,
  failures: {
    cannot_test: 'nothing can be sent there now, or ever: the message says why',
    too_soon: 'a test message was sent there within ten seconds',
  },
  async handle({ params: { name }, caller }, deps: V1Deps) {
    const { archive, system, clock } = deps;
    if (!(await isLane(name, deps))) return noLane(name);
    const place = (await system?.places())?.find((each) => each.name === name);
    if (system === null || place === undefined)
      return failure(409, 'cannot_test', 'No destination has this name any more.');
    const lane = (await archive.depths()).find((each) => each.lane === name) ?? null;
    const why = place.whyNoTest ?? whyNotNow(lane, clock.now());
    if (why !== null) return failure(409, 'cannot_test', why);
    const { testedAt } = deps.acting;
    const leftMs = (testedAt.get(name) ?? Number.NEGATIVE_INFINITY) + EVERY_MS - clock.monotonic();
    if (leftMs > 0) {
      return failure(
        429,
        'too_soon',
        `A test message was just sent there. The next may go in ${Math.ceil(leftMs / 1000)} s.`,
      );
    }
    testedAt.set(name, clock.monotonic());
    const sent = await system.sendTest(name, caller);
    if (sent === null) return failure(409, 'cannot_test', 'Its settings are not known to this process.');
    await noteAct(deps, caller, { what: 'test message', about: name, outcome: sent.says });
    return json(redactAll(sent));
  },
});
