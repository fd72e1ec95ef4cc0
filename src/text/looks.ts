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

const SPOKEN = '💬';

/** Kinds that have a sign everybody knows already. */
const BY_KIND: Readonly<Record<string, string>> = {
  'star.created': '⭐',
  'release.published': '🚀',
  'sponsorship.created': '💖',
  'watch.started': '⭐',
};

/** One emoji; the same kind of news always wears the same one, and bad news is red whatever its kind. */
export function sign({ kind, said: { tone, isSpoken } }: Pick<Activity, 'kind' | 'said'>): string {
  if (tone === 'bad') return BY_TONE.bad;
  return BY_KIND[kind] ?? (isSpoken && tone === 'neutral' ? SPOKEN : BY_TONE[tone]);
}
