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
  'release.published': '🚀',
  'sponsorship.created': '💖',
  'issue_comment.created': '💬',
  'commit_comment.created': '💬',
  'discussion_comment.created': '💬',
  'pull_request_review_comment.created': '💬',
};

/** One emoji; the same kind of news always wears the same one, and bad news is red whatever its kind. */
export function sign({ kind, said: { tone } }: Pick<Activity, 'kind' | 'said'>): string {
  return tone === 'bad' ? BY_TONE.bad : (BY_KIND[kind] ?? BY_TONE[tone]);
}
