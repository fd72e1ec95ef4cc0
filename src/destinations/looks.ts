import type { Activity, Tone } from '../model/activity.ts';

/** A glance tells good from bad; the colours are GitHub's own for open, merged and failed. */
const BY_TONE: Readonly<Record<Tone, string>> = {
  opened: '🟢',
  good: '✅',
  bad: '🔴',
  waiting: '🟡',
  done: '🟣',
  neutral: '⚪',
};

/** Kinds that have a sign everybody knows already. */
const BY_KIND: Readonly<Record<string, string>> = {
  'star.created': '⭐',
  'watch.started': '⭐',
  'release.published': '🚀',
  'release.released': '🚀',
};

/** One emoji; the same kind of news always wears the same one. */
export function sign(activity: Pick<Activity, 'kind' | 'tone'>): string {
  return BY_KIND[activity.kind] ?? BY_TONE[activity.tone];
}

/** The body is worth its space when it is news itself; at a merge or a label everybody has seen it before. */
const WITHOUT_EXCERPT = new Set([
  'closed',
  'merged',
  'reopened',
  'assigned',
  'unassigned',
  'labeled',
  'unlabeled',
  'converted_to_draft',
  'review_requested',
]);

export function showsExcerpt({ action }: Pick<Activity, 'action'>): boolean {
  return action === null || !WITHOUT_EXCERPT.has(action);
}
