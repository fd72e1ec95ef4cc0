import type { Activity } from '../../model/activity.ts';

/** What GitHub says of runs, and of what starts them. A check is also made by others; nobody can tell whose run it reports. */
const OF_RUNS: ReadonlySet<string> = new Set([
  'check_run',
  'check_suite',
  'repository_dispatch',
  'workflow_dispatch',
  'workflow_job',
  'workflow_run',
]);

/** Who a run is, by its GITHUB_TOKEN, which is good for its own repository alone. */
const RUNS_LOGIN = 'github-actions[bot]';

/**
 * Why this may be of a run that we started in `repo`: to start another for it would go on for ever. Null: no run of there did it, as far as
 * anybody can see. Not seen: what a run does elsewhere, or with somebody's own token.
 */
export function causedByRun({ type, place, actor, facets }: Activity, repo: string): string | null {
  if (place?.name.toLowerCase() !== repo.toLowerCase()) return null;
  const what = OF_RUNS.has(type) || facets.workflow.length > 0 ? `it is about a run in ${repo}` : null;
  const who = actor?.login.toLowerCase() === RUNS_LOGIN ? `a run in ${repo} did it` : null;
  const why = what ?? who;
  return why && `${why}, which this destination may have started. Set allow_loop: true to take it all the same`;
}
