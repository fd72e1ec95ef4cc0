import type { Subject } from '../../../../model/activity.ts';
import { isTrue, linkOrNull, numberOrNull, type Payload, textOrNull, timeOrNull } from '../../../../shared/payload.ts';
import type { Named } from '../../../../telling/hosting/words.ts';
import { echoOf, labelsOf, repositoryPage, threadNo } from '../common.ts';
import type { ActivityParts } from '../family.ts';
import { besideActor, loginsOf, othersOf } from '../people.ts';

/** Where each of them lives, below the repository's page. */
const PAGES = { issue: 'issues', 'pull request': 'pull', discussion: 'discussions' } as const;

/** What people talk in: GitHub numbers all three in one row. */
export interface Topic {
  readonly noun: keyof typeof PAGES;
  /** The field of the payload that holds it: `issue`, or `parent_issue` where an event is about two. */
  readonly root: string;
}

export const PULL_REQUEST: Topic = { noun: 'pull request', root: 'pull_request' };
export const DISCUSSION: Topic = { noun: 'discussion', root: 'discussion' };

/** GitHub tells pull requests' comments and milestones as those of issues; only one field tells them apart. */
export function issueTopic(payload: Payload, root = 'issue'): Topic {
  return { noun: textOrNull(payload, `${root}.pull_request.url`) === null ? 'issue' : 'pull request', root };
}

/** `issue`, `#42`, its title; of what the payload says least, `an issue`. */
export function subjectOf(payload: Payload, topic: Topic, url: string | null = null): Subject {
  const number = numberOf(payload, topic);
  const page = number === null ? '' : `/${PAGES[topic.noun]}/${number}`;
  return {
    noun: topic.noun,
    handle: number === null ? null : `#${number}`,
    title: textOrNull(payload, `${topic.root}.title`) ?? '',
    url: url ?? linkOrNull(payload, `${topic.root}.html_url`) ?? repositoryPage(payload, page),
  };
}

/** What every event about it says of it, for rules to filter by. */
export function partsOf(
  payload: Payload,
  topic: Topic,
): Pick<ActivityParts, 'labels' | 'isDraft' | 'author' | 'assignees' | 'pullRequest' | 'thread'> {
  const { noun, root } = topic;
  const number = numberOf(payload, topic);
  return {
    labels: labelsOf(payload, `${root}.labels`),
    isDraft: isTrue(payload, `${root}.draft`),
    author: textOrNull(payload, `${root}.user.login`),
    assignees: loginsOf(payload, `${root}.assignees`),
    pullRequest: noun === 'pull request' ? number : null,
    thread: threadNo(payload, number),
  };
}

/** `hubot's {it}`, for a `did`; `{it}` where the actor opened it, nobody knows who did, or it has no number to be named by. */
export function whose(payload: Payload, topic: Topic): string {
  const owner =
    numberOf(payload, topic) === null ? null : othersOf(payload, textOrNull(payload, `${topic.root}.user.login`));
  return owner === null ? '{it}' : `${owner} {it}`;
}

/** As the words that all hosts share name it. */
export function named(payload: Payload, topic: Topic): Named {
  return { noun: topic.noun, whose: whose(payload, topic) };
}

/** `opened by hubot`, where the sentence does not say whose it is. */
export function openedBy(payload: Payload, { root }: Topic): string | null {
  return besideActor(payload, 'opened by', `${root}.user.login`);
}

/** `milestone Staff Ship` */
export function milestoneOf(payload: Payload, { root }: Topic): string | null {
  const title = textOrNull(payload, `${root}.milestone.title`);
  return title === null ? null : `milestone ${title}`;
}

/** When it happened: by `time`, else when the topic was last changed. */
export function timeOf(payload: Payload, { root }: Topic, time = 'updated_at'): number | null {
  return timeOrNull(payload, `${root}.${time}`) ?? timeOrNull(payload, `${root}.updated_at`);
}

/**
 * Opened and merged happen once. Of the rest the time tells which, and what was added tells those of one second apart: labels
 * and people change several at a time.
 */
export function topicEcho(
  payload: Payload,
  { root }: Topic,
  action: string | null,
  time = 'updated_at',
): string | null {
  if (action === 'opened' || action === 'merged') return echoOf(payload, `${root}.number`);
  const what =
    textOrNull(payload, 'label.name') ??
    textOrNull(payload, 'assignee.login') ??
    textOrNull(payload, 'requested_reviewer.login') ??
    textOrNull(payload, 'requested_team.name') ??
    '';
  const when = echoOf(payload, `${root}.number`, `${root}.${time}`);
  return when === null ? null : `${when} ${what}`.trimEnd();
}

/** Events of pull requests repeat the number at their top. */
function numberOf(payload: Payload, { root }: Topic): number | null {
  const number = numberOrNull(payload, `${root}.number`);
  return number ?? (root === PULL_REQUEST.root ? numberOrNull(payload, 'number') : null);
}
