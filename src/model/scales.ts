/** How bad a security finding or an incident is, as its provider grades it; a leaked secret, which nobody grades, by whether it works. */
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * How something that runs again and again compares with its last result: a workflow on a branch, a check, a deployment.
 * A first failure broke it; a first success is still_passing, because nothing was mended.
 */
export const TRANSITIONS = ['broke', 'still_broken', 'fixed', 'still_passing'] as const;
export type Transition = (typeof TRANSITIONS)[number];

/**
 * What a rule may want shown in the channel too, where it is told in a thread, whatever each provider calls it (route/broadcast.ts).
 * `closed`: without being merged. `broke` and `fixed` compare results, as transitions do.
 */
export const BROADCASTS = [
  'merged',
  'closed',
  'reopened',
  'ready_for_review',
  'approved',
  'changes_requested',
  'broke',
  'fixed',
] as const;
export type Broadcast = (typeof BROADCASTS)[number];
