import type { Subject, Tone } from '../../../model/activity.ts';
import { isTrue, linkOrNull, number, type Payload, text, textOrNull, timeOrNull } from '../payload.ts';
import { echoOf, excerpt, labelsOf, repositoryPage } from './common.ts';
import { notToldYet, type Verdict } from './verdict.ts';

interface Wording {
  readonly headline: string;
  readonly tone: Tone;
  readonly fact?: (payload: Payload) => string | null;
}

/** `edited`, `locked` and `pinned` change nothing that people wait for, and are left out on purpose. */
const WORDING: ReadonlyMap<string, Wording> = new Map<string, Wording>([
  ['opened', { headline: 'Issue opened', tone: 'opened' }],
  ['closed', { headline: 'Issue closed', tone: 'done' }],
  ['reopened', { headline: 'Issue reopened', tone: 'opened' }],
  ['assigned', { headline: 'Issue assigned', tone: 'neutral', fact: named('to', 'assignee.login') }],
  ['unassigned', { headline: 'Issue unassigned', tone: 'neutral', fact: named('from', 'assignee.login') }],
  ['labeled', { headline: 'Issue labeled', tone: 'neutral', fact: named('added', 'label.name') }],
  ['unlabeled', { headline: 'Issue unlabeled', tone: 'neutral', fact: named('removed', 'label.name') }],
  ['milestoned', { headline: 'Issue added to a milestone', tone: 'neutral', fact: named('to', 'milestone.title') }],
  [
    'demilestoned',
    { headline: 'Issue removed from a milestone', tone: 'neutral', fact: named('from', 'milestone.title') },
  ],
  [
    'transferred',
    { headline: 'Issue transferred', tone: 'neutral', fact: named('to', 'changes.new_repository.full_name') },
  ],
  ['deleted', { headline: 'Issue deleted', tone: 'neutral' }],
]);

/** `to mona`, or null when the payload does not say. */
export function named(words: string, path: string): (payload: Payload) => string | null {
  return (payload) => {
    const name = textOrNull(payload, path);
    return name === null ? null : `${words} ${name}`;
  };
}

export function issueSubject(payload: Payload, url?: string | null): Subject {
  const handle = number(payload, 'issue.number');
  const isPullRequest = isOnPullRequest(payload);
  return {
    noun: isPullRequest ? 'pull request' : 'issue',
    handle: `#${handle}`,
    title: text(payload, 'issue.title'),
    url:
      url ??
      linkOrNull(payload, 'issue.html_url') ??
      repositoryPage(payload, `/${isPullRequest ? 'pull' : 'issues'}/${handle}`),
  };
}

/** GitHub tells pull requests' comments as issue comments; only this field tells them apart. */
export function isOnPullRequest(payload: Payload): boolean {
  return textOrNull(payload, 'issue.pull_request.url') !== null;
}

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#issues; only `opened` shows the author's words. */
export function issues(payload: Payload): Verdict {
  const action = text(payload, 'action');
  const wording = WORDING.get(action);
  if (wording === undefined) return notToldYet('issues', action);
  const { headline, tone } = action === 'closed' ? closing(payload, wording) : wording;
  return {
    kind: 'told',
    action,
    headline: isOnPullRequest(payload) ? headline.replace('Issue', 'Pull request') : headline,
    tone,
    subject: issueSubject(payload),
    excerpt: action === 'opened' ? excerpt(textOrNull(payload, 'issue.body')) : null,
    facts: [wording.fact?.(payload) ?? null],
    labels: labelsOf(payload, 'issue.labels'),
    isDraft: isTrue(payload, 'issue.draft'),
    occurredAt: timeOrNull(payload, `issue.${TIME.get(action) ?? 'updated_at'}`),
    echo: echo(payload, action),
  };
}

const TIME: ReadonlyMap<string, string> = new Map([
  ['opened', 'created_at'],
  ['closed', 'closed_at'],
]);

/** GitHub asks why an issue is closed; done is good news, the other reasons are plain. */
function closing(payload: Payload, usual: Wording): Wording {
  const reason = textOrNull(payload, 'issue.state_reason');
  if (reason === 'not_planned') return { headline: 'Issue closed as not planned', tone: 'neutral' };
  if (reason === 'duplicate') return { headline: 'Issue closed as a duplicate', tone: 'neutral' };
  return usual;
}

/** Labels and people change several at a time: each is its own happening, of the same second. */
function echo(payload: Payload, action: string): string | null {
  if (action === 'opened') return echoOf(payload, 'issue.number');
  const what = textOrNull(payload, 'label.name') ?? textOrNull(payload, 'assignee.login') ?? '';
  const when = echoOf(payload, 'issue.number', `issue.${TIME.get(action) ?? 'updated_at'}`);
  return when === null ? null : `${when} ${what}`.trimEnd();
}
