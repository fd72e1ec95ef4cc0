import { query } from '../ask.ts';

/** What the plan of a replay is asked for: events by id, all that a filter finds, or messages that did not arrive. */
export type ReplayAsked =
  | { readonly ids: readonly number[] }
  | { readonly q: string }
  | { readonly untold: 'dead' | 'unknown'; readonly destination?: string | null; readonly cause?: string | null };

/** The page that says what would be replayed, and does so when it is told to: pages/replay. */
export function replayPath(asked: ReplayAsked): string {
  if ('ids' in asked) return `/replay${query({ ids: asked.ids.join(',') })}`;
  if ('q' in asked) return `/replay${query({ all: 1, q: asked.q })}`;
  return `/replay${query({ untold: asked.untold, destination: asked.destination, cause: asked.cause })}`;
}
