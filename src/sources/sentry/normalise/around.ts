import { list, read, textOrNull } from '../../../shared/payload.ts';
import { excerpt } from '../../../telling/excerpt.ts';
import { page } from '../../../telling/page.ts';
import { after, firstText, idAt, worded } from '../../../telling/parts.ts';
import { type Told, type WordTable, wordsOf } from '../../../telling/told.ts';
import { type SentryEvent, threadOf } from './parts.ts';

const COMMENT: WordTable = {
  created: ['Issue comment', 'neutral', 'commented on {it}'],
  updated: ['Issue comment edited', 'neutral', 'edited a comment on {it}'],
  deleted: ['Issue comment deleted', 'neutral', 'deleted a comment on {it}'],
};

/** Of the issue, Sentry says its id alone. */
export function comment({ payload, action }: SentryEvent): Told | null {
  const words = wordsOf(COMMENT, action);
  if (words === null) return null;
  const isGone = action === 'deleted';
  return {
    ...words,
    noun: 'issue',
    title: '',
    excerpt: isGone ? null : excerpt(textOrNull(payload, 'data.comment')),
    isSpoken: !isGone,
    thread: threadOf(payload),
  };
}

const INSTALLATION: WordTable = {
  created: ['App installed', 'good', 'installed {it}'],
  deleted: ['App uninstalled', 'bad', 'uninstalled {it}'],
};

export function installation({ payload, action }: SentryEvent): Told | null {
  const words = wordsOf(INSTALLATION, action);
  return words && { ...words, noun: 'app', handle: firstText(payload, ['data.installation.app.slug']), title: '' };
}

const SEER: WordTable = {
  root_cause_started: ['Looking for the root cause', 'waiting'],
  root_cause_completed: ['Root cause found', 'good'],
  solution_started: ['Looking for a solution', 'waiting'],
  solution_completed: ['Solution found', 'good'],
  coding_started: ['Writing a fix', 'waiting'],
  coding_completed: ['Fix written', 'good'],
  pr_created: ['Fix proposed', 'opened'],
  pr_iteration_started: ['Revising the fix', 'waiting'],
  pr_iteration_completed: ['Fix revised', 'good'],
  triage_started: ['Triage started', 'waiting'],
  triage_completed: ['Triage completed', 'good'],
  impact_assessment_started: ['Assessing the impact', 'waiting'],
  impact_assessment_completed: ['Impact assessed', 'good'],
};

/** The same, where a rule asks for it: with its issue. */
export function activityAlert({ payload, action }: SentryEvent): Told | null {
  const type = textOrNull(payload, 'data.activity.type') ?? '';
  const words = action === 'triggered' ? wordsOf(SEER, type.replace(/^seer_/, '')) : null;
  const [proposed] = list(payload, 'data.activity.details.pull_requests');
  return {
    ...(words ?? { headline: 'Issue activity' }),
    noun: 'issue',
    handle: firstText(payload, ['data.issue.shortId']),
    title: firstText(payload, ['data.issue.title']) ?? '',
    url: page(textOrNull(proposed, 'url')),
    excerpt: excerpt(firstText(payload, ['data.activity.details.summary', 'data.activity.details.description'])),
    facts: [
      words === null ? worded(type) : null,
      firstText(proposed, ['repo_name']),
      after('alert:', firstText(payload, ['data.alert.title'])),
    ],
    thread: threadOf(payload),
  };
}

/** Sentry's own search for what is wrong with an issue, which it names by its id alone. */
export function seer({ payload, action }: SentryEvent): Told | null {
  const words = wordsOf(SEER, action);
  if (words === null) return null;
  const [change] = list(payload, 'data.changes');
  const [proposed] = list(payload, 'data.pull_requests');
  const number = idAt(proposed, 'pull_request.pr_number');
  const repository = firstText(change, ['repo_name']) ?? firstText(proposed, ['repo_name']);
  return {
    ...words,
    became: number === null ? null : 'proposes a fix',
    noun: proposed === undefined ? 'fix' : 'pull request',
    handle: number && `#${number}`,
    title: firstText(change, ['title']) ?? '',
    url: page(textOrNull(read(proposed, 'pull_request'), 'pr_url')),
    excerpt: excerpt(
      firstText(payload, ['data.root_cause.description', 'data.solution.description']) ??
        firstText(change, ['description']),
    ),
    facts: [repository, firstText(change, ['branch_name'])],
    thread: threadOf(payload),
  };
}
