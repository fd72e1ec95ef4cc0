import { z } from 'zod';
import { plural } from '../../../shared/time-words.ts';
import { noteAct } from '../../acts/note-act.ts';
import { planOf } from '../../replays/plan.ts';
import { replayJson } from '../../replays/replay-record.ts';
import { type Found, findSelected, SelectionError } from '../../replays/selection.ts';
import { Replay, ReplayPlan, ReplayWish, type Selection } from '../answers/replays.ts';
import { type Answer, failure, json, type Route, route } from '../route.ts';
import type { V1Deps } from '../v1-deps.ts';

const ReplayParams = z.strictObject({ id: z.string().regex(/^[0-9a-f-]{36}$/) });

/** Longest selection that the audit list shows. */
const ABOUT_LENGTH = 300;

export const REPLAY_ROUTES: readonly Route<V1Deps>[] = [
  route({
    method: 'POST',
    path: '/replays',
    tag: 'Replays',
    summary: 'Decide and tell again: plan it with `dry_run`, then begin it',
    description:
      'Events by id, or all that match a filter; or the messages that a destination did not get, for one cause. With `dry_run` nothing changes, and the answer is the plan (200, `ReplayPlan`). Without, the replay begins (202, `Replay`) and goes on beside the work, oldest first, at most 10,000 events at a time. Any process on the same store answers for it.',
    command: 'replay 42 43',
    role: 'admin',
    body: ReplayWish,
    answer: z.union([ReplayPlan, Replay]),
    statuses: [200, 202],
    failures: {
      nothing_to_replay: 'nothing matches, or all of it is waiting already',
      already_running: 'the same selection is being replayed',
      too_many_replays: 'two replays run already',
    },
    async handle({ body, caller }, deps: V1Deps) {
      const { selection, dry_run: dryRun } = body;
      const { archive, clock, invocation } = deps;
      const found = await findOrFail(deps, selection);
      if ('kind' in found) return found;
      if (dryRun) return json(await planOf(archive, selection, found, invocation));
      if (found.ids.length === 0) {
        const { says } = await planOf(archive, selection, found, invocation);
        return failure(422, 'nothing_to_replay', says);
      }
      const begun = await deps.acting.replays.begin(selection, found, caller.who);
      if (begun.kind === 'same') {
        return failure(409, 'already_running', `The same is being replayed: see replay ${begun.record.id}.`);
      }
      if (begun.kind === 'busy') {
        return failure(429, 'too_many_replays', 'Two replays run already. Wait for one to end, or cancel it.');
      }
      const { record } = begun;
      const outcome = `${plural(found.ids.length, 'event')}, as replay ${record.id}`;
      await noteAct(deps, caller, { what: 'replay', about: aboutOf(selection), outcome });
      return json(replayJson(record, clock.now()), 202);
    },
  }),
  route({
    method: 'GET',
    path: '/replays/:id',
    tag: 'Replays',
    summary: 'How far a replay is',
    role: 'viewer',
    params: ReplayParams,
    answer: Replay,
    async handle({ params: { id } }, deps: V1Deps) {
      const record = await deps.acting.replays.read(id);
      return record === null ? noReplay(id) : json(replayJson(record, deps.clock.now()));
    },
  }),
  route({
    method: 'POST',
    path: '/replays/:id/cancel',
    tag: 'Replays',
    summary: 'Stop a replay after the step it is in: what was replayed by then stays replayed',
    role: 'admin',
    params: ReplayParams,
    answer: Replay,
    async handle({ params: { id }, caller }, deps: V1Deps) {
      const cancelled = await deps.acting.replays.cancel(id, caller.who);
      if (cancelled === null) return noReplay(id);
      const answer = replayJson(cancelled.record, deps.clock.now());
      if (cancelled.asked) await noteAct(deps, caller, { what: 'cancel replay', about: id, outcome: answer.says });
      return json(answer);
    },
  }),
];

async function findOrFail({ archive, clock }: V1Deps, selection: Selection): Promise<Found | Answer> {
  try {
    return await findSelected(archive, selection, clock.now());
  } catch (error) {
    if (error instanceof SelectionError) return failure(400, 'bad_body', error.message);
    throw error;
  }
}

function aboutOf(selection: Selection): string {
  if ('ids' in selection) return `events ${selection.ids.join(', ')}`.slice(0, ABOUT_LENGTH);
  return JSON.stringify(selection).slice(0, ABOUT_LENGTH);
}

function noReplay(id: string): Answer {
  return failure(404, 'not_found', `There is no replay ${id}, or no longer: the newest 20 are kept.`);
}
