import { troubleWords } from '../../model/pruning/prune-words.ts';
import { CURSOR, parseState } from '../../model/pruning/state.ts';
import { TALLY } from '../../model/turned-away.ts';
import type { Problems } from '../api/answers/problems.ts';
import type { V1Deps } from '../api/v1-deps.ts';
import { causeProblem } from './of-causes.ts';
import { laneProblems } from './of-lanes.ts';
import { hookProblems, refusalProblems, retentionProblems, rotationProblems, rulesProblems } from './of-sources.ts';
import { worstFirst } from './problem.ts';

const UNASKED = 'Webhooks were not looked at: a program of somebody’s own knows its sources.';

/** What went wrong, one problem a cause, the worst first. */
export async function problemsOf(deps: V1Deps): Promise<Problems> {
  const { archive, system, clock, invocation, configuration, sources } = deps;
  const [depths, heads, causes, places, asked, pruning, tally] = await Promise.all([
    archive.depths(),
    archive.heads(),
    archive.causes(),
    system?.places() ?? null,
    system?.findings() ?? { findings: [], unknown: [UNASKED] },
    archive.recall(CURSOR),
    archive.recall(TALLY),
  ]);
  const now = clock.now();
  const around = { now, invocation };
  const names = places && new Set(places.map(({ name }) => name));
  const still = deps.acting.laneWatch(heads);
  const state = parseState(pruning);
  return {
    problems: worstFirst([
      ...laneProblems({ depths, heads, still, names, ...around }),
      ...causes.map((cause) => causeProblem(cause, around)),
      ...hookProblems(asked),
      ...rotationProblems(system?.rotations() ?? [], now),
      ...refusalProblems(tally, sources, around),
      ...rulesProblems(configuration()),
      ...retentionProblems(state && troubleWords(state)),
    ]),
    unknown: [...asked.unknown],
  };
}
