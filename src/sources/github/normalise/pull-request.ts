import type { Subject, Tone } from '../../../model/activity.ts';
import { isTrue, linkOrNull, number, numberOrNull, type Payload, text, textOrNull, timeOrNull } from '../payload.ts';
import { counted, echoOf, excerpt, grouped, labelsOf, repositoryPage } from './common.ts';
import { named } from './issues.ts';
import { notToldYet, type Told, type Verdict } from './verdict.ts';

interface Wording {
  readonly headline: string;
  readonly tone: Tone;
  readonly fact?: (payload: Payload) => string | null;
  /** The size of the change belongs to it. */
  readonly showsSize?: boolean;
  /** The description is news: nobody was told of it before. */
  readonly showsBody?: boolean;
  readonly time?: string;
}

const OPENED = {
  headline: 'Pull request opened',
  tone: 'opened',
  showsSize: true,
  showsBody: true,
  time: 'created_at',
} as const;

/**
 * `synchronize` (new commits), `edited` and `locked` are left out on purpose: they come many times a day and nobody
 * waits for them. Merged has GitHub's own tone, closed is plain: red is kept for what is broken.
 */
const WORDING: ReadonlyMap<string, Wording> = new Map<string, Wording>([
  ['opened', OPENED],
  ['merged', { headline: 'Pull request merged', tone: 'done', fact: writer, showsSize: true, time: 'merged_at' }],
  ['closed', { headline: 'Pull request closed', tone: 'neutral', fact: writer, time: 'closed_at' }],
  ['reopened', { headline: 'Pull request reopened', tone: 'opened', showsSize: true }],
  [
    'ready_for_review',
    { headline: 'Pull request ready for review', tone: 'waiting', showsSize: true, showsBody: true },
  ],
  ['converted_to_draft', { headline: 'Pull request converted to draft', tone: 'neutral' }],
  ['review_requested', { headline: 'Review requested', tone: 'waiting', fact: asked('asked'), showsSize: true }],
  ['review_request_removed', { headline: 'Review request withdrawn', tone: 'neutral', fact: asked('no longer asked') }],
  ['assigned', { headline: 'Pull request assigned', tone: 'neutral', fact: named('to', 'assignee.login') }],
  ['unassigned', { headline: 'Pull request unassigned', tone: 'neutral', fact: named('from', 'assignee.login') }],
  ['labeled', { headline: 'Pull request labeled', tone: 'neutral', fact: named('added', 'label.name') }],
  ['unlabeled', { headline: 'Pull request unlabeled', tone: 'neutral', fact: named('removed', 'label.name') }],
]);

export function pullRequest(payload: Payload): Verdict {
  const sent = text(payload, 'action');
  const action = sent === 'closed' && isMerged(payload) ? 'merged' : sent;
  const wording = WORDING.get(action);
  if (wording === undefined) return notToldYet('pull_request', action);
  // Nobody needs to look at a draft yet: it does not wear the colour of what is open.
  const isNewDraft = action === 'opened' && isTrue(payload, 'pull_request.draft');
  return {
    kind: 'told',
    action,
    headline: isNewDraft ? 'Draft pull request opened' : wording.headline,
    tone: isNewDraft ? 'neutral' : wording.tone,
    subject: pullRequestSubject(payload),
    excerpt: wording.showsBody === true ? excerpt(textOrNull(payload, 'pull_request.body')) : null,
    facts: [
      wording.fact?.(payload) ?? null,
      branches(payload),
      ...(wording.showsSize === true ? [changedLines(payload), commits(payload)] : []),
    ],
    ...pullRequestParts(payload),
    occurredAt: timeOrNull(payload, `pull_request.${wording.time ?? 'updated_at'}`),
    echo: echo(payload, action, wording),
  };
}

/** GitHub has no action for it: a merged pull request is `closed`, with `merged` set (older events: only the time). */
function isMerged(payload: Payload): boolean {
  return isTrue(payload, 'pull_request.merged') || textOrNull(payload, 'pull_request.merged_at') !== null;
}

/** What every event about a pull request says of it, for rules to filter by. */
export function pullRequestParts(payload: Payload): Pick<Told, 'labels' | 'branch' | 'head' | 'isDraft'> {
  return {
    labels: labelsOf(payload, 'pull_request.labels'),
    branch: textOrNull(payload, 'pull_request.base.ref'),
    head: textOrNull(payload, 'pull_request.head.ref'),
    isDraft: isTrue(payload, 'pull_request.draft'),
  };
}

export function pullRequestSubject(payload: Payload, url?: string | null): Subject {
  const handle = number(payload, 'pull_request.number');
  return {
    noun: 'pull request',
    handle: `#${handle}`,
    title: text(payload, 'pull_request.title'),
    url: url ?? linkOrNull(payload, 'pull_request.html_url') ?? repositoryPage(payload, `/pull/${handle}`),
  };
}

/** `main ← retry-uploads`; from a fork `main ← mona:retry-uploads`. */
export function branches(payload: Payload): string | null {
  const base = textOrNull(payload, 'pull_request.base.ref');
  // A deleted fork is null in `head.repo`, and counts as one.
  const isFromFork =
    textOrNull(payload, 'pull_request.head.repo.full_name') !== textOrNull(payload, 'pull_request.base.repo.full_name');
  const head =
    (isFromFork ? textOrNull(payload, 'pull_request.head.label') : null) ??
    textOrNull(payload, 'pull_request.head.ref');
  return base === null || head === null ? null : `${base} ← ${head}`;
}

function changedLines(payload: Payload): string | null {
  const added = numberOrNull(payload, 'pull_request.additions');
  const removed = numberOrNull(payload, 'pull_request.deletions');
  return added === null || removed === null ? null : `+${grouped(added)} −${grouped(removed)}`;
}

function commits(payload: Payload): string | null {
  const count = numberOrNull(payload, 'pull_request.commits');
  return count === null ? null : counted(count, 'commit');
}

function asked(words: string): (payload: Payload) => string | null {
  return (payload) => {
    const who = textOrNull(payload, 'requested_reviewer.login');
    const team = textOrNull(payload, 'requested_team.name');
    return who === null ? team && `${words} team ${team}` : `${words} ${who}`;
  };
}

/** Whoever closes or merges is the actor; the author is named beside them. */
function writer(payload: Payload): string | null {
  const author = textOrNull(payload, 'pull_request.user.login');
  return author === null || author === textOrNull(payload, 'sender.login') ? null : `written by ${author}`;
}

/** Opened and merged happen once. Of the rest the time tells which, and what was added tells those of one second apart. */
function echo(payload: Payload, action: string, { time }: Wording): string | null {
  if (action === 'opened' || action === 'merged') return echoOf(payload, 'pull_request.number');
  const what =
    textOrNull(payload, 'label.name') ??
    textOrNull(payload, 'assignee.login') ??
    textOrNull(payload, 'requested_reviewer.login') ??
    textOrNull(payload, 'requested_team.name') ??
    '';
  const when = echoOf(payload, 'pull_request.number', `pull_request.${time ?? 'updated_at'}`);
  return when === null ? null : `${when} ${what}`.trimEnd();
}
