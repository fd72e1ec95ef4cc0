import { numberOrNull, type Payload } from '../../../../shared/payload.ts';
import { counted } from '../../../../text/words.ts';
import { linkedIssues } from './linked-issues.ts';

const PARENT = { it: 'parent_issue', other: 'sub_issue', fact: progress } as const;
const CHILD = { it: 'sub_issue', other: 'parent_issue' } as const;

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#sub_issues */
export const subIssues = linkedIssues('sub-issue', {
  sub_issue_added: {
    ...PARENT,
    headline: 'Sub-issue added',
    did: (other) => `added ${other} as a sub-issue of {it}`,
    happening: 'sub-issue',
  },
  sub_issue_removed: {
    ...PARENT,
    headline: 'Sub-issue removed',
    did: (other) => `removed ${other} as a sub-issue of {it}`,
    happening: 'no sub-issue',
  },
  parent_issue_added: {
    ...CHILD,
    headline: 'Issue given a parent',
    did: (other) => `added {it} as a sub-issue of ${other}`,
    happening: 'sub-issue',
    mirror: 'sub_issue_added',
  },
  parent_issue_removed: {
    ...CHILD,
    headline: 'Issue taken from its parent',
    did: (other) => `removed {it} as a sub-issue of ${other}`,
    happening: 'no sub-issue',
    mirror: 'sub_issue_removed',
  },
});

const BLOCKED = { it: 'blocked_issue', other: 'blocking_issue' } as const;
const BLOCKING = { it: 'blocking_issue', other: 'blocked_issue' } as const;

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#issue_dependencies */
export const issueDependencies = linkedIssues(['dependency', 'dependencies'], {
  blocked_by_added: {
    ...BLOCKED,
    headline: 'Issue blocked',
    did: (other) => `marked {it} as blocked by ${other}`,
    tone: 'waiting',
    happening: 'block',
  },
  blocked_by_removed: {
    ...BLOCKED,
    headline: 'Blocker removed',
    did: (other) => `marked {it} as no longer blocked by ${other}`,
    fact: blockersLeft,
    happening: 'no block',
  },
  blocking_added: {
    ...BLOCKING,
    headline: 'Issue blocks another',
    did: (other) => `marked {it} as blocking ${other}`,
    happening: 'block',
    mirror: 'blocked_by_added',
  },
  blocking_removed: {
    ...BLOCKING,
    headline: 'Issue blocks another no longer',
    did: (other) => `marked {it} as no longer blocking ${other}`,
    happening: 'no block',
    mirror: 'blocked_by_removed',
  },
});

const RELATED = { it: 'issue', other: 'related_issue' } as const;

/** A relation has no direction: GitHub tells it of both issues. */
export const issueRelatesTo = linkedIssues('related issue', {
  relates_to_added: {
    ...RELATED,
    headline: 'Related issue added',
    did: (other) => `linked {it} to ${other}`,
    happening: 'relation',
  },
  relates_to_removed: {
    ...RELATED,
    headline: 'Related issue removed',
    did: (other) => `unlinked {it} from ${other}`,
    happening: 'no relation',
  },
});

/** `3 of 8 done`, of the parent's sub-issues. */
function progress(payload: Payload): string | null {
  const total = numberOrNull(payload, 'parent_issue.sub_issues_summary.total');
  const completed = numberOrNull(payload, 'parent_issue.sub_issues_summary.completed');
  return total === null || completed === null || total < 1 ? null : `${completed} of ${total} done`;
}

/** GitHub counts the open ones. */
function blockersLeft(payload: Payload): string | null {
  const left = numberOrNull(payload, 'blocked_issue.issue_dependencies_summary.blocked_by');
  if (left === null || left < 0) return null;
  return left === 0 ? 'nothing else blocks it' : `${counted(left, 'blocker')} left`;
}
