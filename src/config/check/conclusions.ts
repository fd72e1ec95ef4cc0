/** How runs, checks, deployments and statuses end. */
export const CONCLUSIONS: readonly string[] =
  'action_required cancelled error failure inactive neutral skipped stale startup_failure success timed_out'.split(' ');

/** What people call them. */
export const MEANT_CONCLUSIONS: Readonly<Record<string, string>> = {
  broken: 'failure',
  canceled: 'cancelled',
  failed: 'failure',
  failing: 'failure',
  failures: 'failure',
  green: 'success',
  passed: 'success',
  red: 'failure',
  succeeded: 'success',
  successful: 'success',
  timeout: 'timed_out',
};
