import type { Subject } from '../../../../model/activity.ts';
import {
  isTrue,
  linkOrNull,
  number,
  numberOrNull,
  type Payload,
  text,
  textOrNull,
} from '../../../../shared/payload.ts';
import { labelsOf, repositoryPage, threadNo } from '../common.ts';
import type { ActivityParts } from '../family.ts';
import { loginsOf } from '../people.ts';

/** `root` names the field that holds the issue: `issue`, or `parent_issue` where an event is about two. */
export function issueSubject(payload: Payload, url: string | null = null, root = 'issue'): Subject {
  const handle = number(payload, `${root}.number`);
  const isPullRequest = isOnPullRequest(payload, root);
  return {
    noun: isPullRequest ? 'pull request' : 'issue',
    handle: `#${handle}`,
    title: text(payload, `${root}.title`),
    url:
      url ??
      linkOrNull(payload, `${root}.html_url`) ??
      repositoryPage(payload, `/${isPullRequest ? 'pull' : 'issues'}/${handle}`),
  };
}

/** GitHub tells pull requests' comments as issue comments; only this field tells them apart. */
export function isOnPullRequest(payload: Payload, root = 'issue'): boolean {
  return textOrNull(payload, `${root}.pull_request.url`) !== null;
}

/** What every event about an issue says of it, for rules to filter by. */
export function issueParts(
  payload: Payload,
  root = 'issue',
): Pick<ActivityParts, 'labels' | 'isDraft' | 'author' | 'assignees' | 'pullRequest'> {
  return {
    labels: labelsOf(payload, `${root}.labels`),
    isDraft: isTrue(payload, `${root}.draft`),
    author: textOrNull(payload, `${root}.user.login`),
    assignees: loginsOf(payload, `${root}.assignees`),
    pullRequest: isOnPullRequest(payload, root) ? numberOrNull(payload, `${root}.number`) : null,
  };
}

/** `acme/api#12`, for what GitHub numbers in one row with issues and pull requests. */
export function threadAt(payload: Payload, path: string): string | null {
  return threadNo(payload, numberOrNull(payload, path));
}
