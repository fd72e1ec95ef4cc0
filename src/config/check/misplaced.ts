import { SEVERITIES, TRANSITIONS } from '../../model/activity.ts';
import { CONCLUSIONS, MEANT_CONCLUSIONS } from './conclusions.ts';
import { neverHas } from './filters.ts';

// What people write as an action though it is none, and never will be: the value of a filter, or what GitHub calls otherwise.
// A rule that waits for it never matches and never says why.

interface Filter {
  readonly key: string;
  readonly noun: string;
  /** Events have it. */
  fits(type: string): boolean;
  /** What the text means as a value of this filter. Undefined: it is none. */
  valueOf(text: string): string | undefined;
}

/** GitHub's own, which every repository has from the start, and what most give to unfinished work. */
const LABELS = ['bug', 'documentation', 'duplicate', 'enhancement', 'invalid', 'question', 'wip', 'wontfix'];
const BRANCHES = ['dev', 'develop', 'development', 'main', 'master', 'production', 'staging', 'trunk'];

const RESULTS = 'check_run check_suite deployment_status page_build status workflow_job workflow_run'.split(' ');
const ALERTS = 'code_scanning_alert dependabot_alert secret_scanning_alert security_advisory'.split(' ');
const LABELLED = ['discussion', 'issues', 'pull_request'];

const FILTERS: readonly Filter[] = [
  {
    key: 'conclusion',
    noun: 'a conclusion',
    fits: (type) => RESULTS.includes(type),
    valueOf: (text) => (CONCLUSIONS.includes(text) ? text : MEANT_CONCLUSIONS[text]),
  },
  { key: 'transition', noun: 'a transition', fits: (type) => RESULTS.includes(type), valueOf: oneOf(TRANSITIONS) },
  { key: 'severity', noun: 'a severity', fits: (type) => ALERTS.includes(type), valueOf: oneOf(SEVERITIES) },
  {
    key: 'tags',
    noun: 'a tag',
    fits: (type) => !neverHas(type, 'tags'),
    valueOf: (text) => (/^v(?:\d|\*)/.test(text) ? text : undefined),
  },
  {
    key: 'branches',
    noun: 'a branch',
    fits: (type) => !neverHas(type, 'branches'),
    valueOf: (text) => (BRANCHES.includes(text) || /[/*]/.test(text) ? text : undefined),
  },
  { key: 'labels', noun: 'a label', fits: (type) => LABELLED.includes(type), valueOf: oneOf(LABELS) },
];

const REVIEW = (headline: string) =>
  `is how a review ends: write \`pull_request_review: [submitted]\` and \`if: activity.headline == "${headline}"\`.`;
const COMMENTS = 'is an event of its own: write `issue_comment: [created]`, which is told of pull requests too.';

/** `event.word` → what to write. */
const WORDS: Readonly<Record<string, string>> = {
  'create.branch': 'is no action: write `create: { branches: "**" }`.',
  'create.tag': 'is no action: write `create: { tags: "**" }`.',
  'delete.branch': 'is no action: write `delete: { branches: "**" }`.',
  'delete.tag': 'is no action: write `delete: { tags: "**" }`.',
  'discussion.opened': called('created'),
  'issue_comment.opened': called('created'),
  'issues.commented': COMMENTS,
  'issues.created': called('opened'),
  'issues.resolved': called('closed'),
  'pull_request.approved': REVIEW('Pull request approved'),
  'pull_request.changes_requested': REVIEW('Changes requested'),
  'pull_request.commented': COMMENTS,
  'pull_request.committed': called('synchronize'),
  'pull_request.created': called('opened'),
  'pull_request.draft': called('converted_to_draft'),
  'pull_request.pushed': called('synchronize'),
  'pull_request.reviewed': 'is an event of its own: write `pull_request_review: [submitted]`.',
  'pull_request.updated': called('synchronize'),
  'pull_request_review.approved': REVIEW('Pull request approved'),
  'pull_request_review.changes_requested': REVIEW('Changes requested'),
  'pull_request_review.created': called('submitted'),
  'star.added': called('created'),
  'star.removed': called('deleted'),
  'star.starred': called('created'),
};

/** What is wrong with an action that `type` has not, as a predicate. Undefined: GitHub may have invented it. */
export function misplaced(type: string, text: string): string | undefined {
  const word = `${type}.${text.toLowerCase()}`;
  if (Object.hasOwn(WORDS, word)) return WORDS[word];
  for (const { key, noun, fits, valueOf } of FILTERS) {
    const value = fits(type) ? valueOf(text.toLowerCase()) : undefined;
    if (value === undefined) continue;
    return `is ${noun}, not an action: write \`${type}: { ${key}: ${quoted(value)} }\`.`;
  }
  return undefined;
}

function called(action: string): string {
  return `is what GitHub calls ${action}: write ${action}.`;
}

function oneOf(words: readonly string[]): Filter['valueOf'] {
  return (text) => words.find((word) => word === text);
}

/** What YAML would take for an alias, a tag or a list is written in quotes. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `"${text}"`;
}
