import type { Activity } from '../model/activity.ts';
import { cut, oneLine } from './plain.ts';

/** `{it}` is the subject (`issue #12`), `{repo}` the repository. Kinds before actions: the more exact one wins. */
const BY_KIND: Readonly<Record<string, string>> = {
  'star.created': 'starred {repo}',
  'star.deleted': 'took their star from {repo}',
  'watch.started': 'starred {repo}',
  fork: 'forked {repo}',
  'issue_comment.created': 'commented on {it} in {repo}',
  'pull_request.ready_for_review': 'says {it} in {repo} is ready for review',
  'pull_request.review_requested': 'asked for a review of {it} in {repo}',
  'pull_request.converted_to_draft': 'made {it} in {repo} a draft',
};
/** Actions of issues, pull requests and releases that read as verbs. */
const VERBS = new Set(['opened', 'closed', 'reopened', 'merged', 'published', 'edited', 'deleted', 'locked', 'pinned']);
const VERB_TYPES = new Set(['issues', 'pull_request', 'release', 'milestone', 'discussion']);

/**
 * What happened as one line of plain text for people, at most 300 characters:
 * `mona opened issue #12 in acme/api: Uploads fail on Safari`. Not escaped for any destination.
 */
export function sentence(activity: Activity): string {
  const { subject } = activity;
  const actor = oneLine(activity.actor?.login ?? '');
  const repo = oneLine(activity.repo?.fullName ?? '');
  const handle = oneLine(subject?.handle ?? '');
  const title = ownTitle(activity);
  const template = BY_KIND[activity.kind] ?? verbTemplate(activity);
  if (template === undefined || actor === '' || repo === '') {
    const who = `${repo && ` in ${cut(repo, 100)}`}${actor && ` by ${cut(actor, 40)}`}`;
    const what = [handle, title].filter(Boolean).join(' ');
    return cut(`${cut(oneLine(activity.headline), 60)}${who}${what && `: ${what}`}`, 300);
  }
  const it = cut(oneLine(`${subject?.noun ?? ''} ${handle}`), 80);
  const told = template.replace('{it}', () => it).replace('{repo}', () => cut(repo, 100));
  return cut(`${cut(actor, 40)} ${told}${title && `: ${title}`}`, 300);
}

/** The subject's title on one line, or '' where it only repeats the repository's name or its own handle. */
export function ownTitle({ subject, repo }: Activity): string {
  const title = oneLine(subject?.title ?? '');
  return title === repo?.fullName || title === subject?.handle ? '' : title;
}

function verbTemplate({ type, action, subject }: Activity): string | undefined {
  if (action === null || subject === null || !VERBS.has(action) || !VERB_TYPES.has(type)) return undefined;
  return `${action} {it} in {repo}`;
}
