import type { Subject } from '../../../../model/activity.ts';
import {
  isTrue,
  linkOrNull,
  list,
  number,
  numberOrNull,
  type Payload,
  text,
  textOrNull,
  timeOrNull,
} from '../../../../shared/payload.ts';
import { counted, grouped } from '../../../../text/words.ts';
import { echoOf, excerpt, labelsOf, orgOf, repositoryPage, threadOf } from '../common.ts';
import type { ActivityParts, FamilyOutput, Skipped } from '../family.ts';
import { loginsOf } from '../people.ts';
import { told, wordsFor } from '../words.ts';
import type { Wording } from './pull-request-wording.ts';
import { WORDING } from './pull-request-words.ts';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
export function pullRequest(payload: Payload): FamilyOutput {
  const sent = text(payload, 'action');
  const action = sent === 'closed' && isMerged(payload) ? 'merged' : sent;
  const wording: Wording | Skipped = WORDING.get(action)?.(payload) ?? wordsFor(action, new Map(), 'pull request');
  if ('kind' in wording) return wording;
  return {
    ...told(action, wording),
    subject: pullRequestSubject(payload, action === 'synchronize' ? newCommits(payload) : null),
    excerpt: wording.showsBody === true ? excerpt(textOrNull(payload, 'pull_request.body')) : null,
    facts: [
      ...(wording.facts ?? []),
      branches(payload),
      ...(wording.showsSize === true ? [changedLines(payload), commits(payload)] : []),
    ],
    ...pullRequestParts(payload),
    asked: askedOf(payload, action),
    occurredAt: timeOrNull(payload, `pull_request.${wording.time ?? 'updated_at'}`),
    echo: echo(payload, action, wording),
    burstKey: action === 'synchronize' && isTrue(payload, 'pull_request.draft') ? burst(payload) : null,
  };
}

/** A draft is pushed to while somebody works on it. */
function burst(payload: Payload): string | null {
  const [thread, login] = [threadOf(payload), textOrNull(payload, 'sender.login')];
  return thread === null || login === null ? null : `pull_request.synchronize ${thread} ${login}`;
}

/** GitHub has no action for it: a merged pull request is `closed`, with `merged` set (older events: only the time). */
function isMerged(payload: Payload): boolean {
  return isTrue(payload, 'pull_request.merged') || textOrNull(payload, 'pull_request.merged_at') !== null;
}

/** What every event about a pull request says of it, for rules to filter by. */
export function pullRequestParts(
  payload: Payload,
): Pick<
  ActivityParts,
  'labels' | 'branch' | 'head' | 'isDraft' | 'isFork' | 'author' | 'assignees' | 'reviewers' | 'pullRequest'
> {
  return {
    labels: labelsOf(payload, 'pull_request.labels'),
    branch: textOrNull(payload, 'pull_request.base.ref'),
    head: textOrNull(payload, 'pull_request.head.ref'),
    isDraft: isTrue(payload, 'pull_request.draft'),
    isFork: isFromFork(payload),
    author: textOrNull(payload, 'pull_request.user.login'),
    assignees: loginsOf(payload, 'pull_request.assignees'),
    reviewers: [...loginsOf(payload, 'pull_request.requested_reviewers'), ...teamsOf(payload)],
    pullRequest: numberOrNull(payload, 'pull_request.number'),
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
  const head =
    (isFromFork(payload) ? textOrNull(payload, 'pull_request.head.label') : null) ??
    textOrNull(payload, 'pull_request.head.ref');
  return base === null || head === null ? null : `${base} ← ${head}`;
}

/** A deleted fork is null in `head.repo`, and counts as one. */
function isFromFork(payload: Payload): boolean {
  return (
    textOrNull(payload, 'pull_request.head.repo.full_name') !== textOrNull(payload, 'pull_request.base.repo.full_name')
  );
}

function teamsOf(payload: Payload): readonly string[] {
  return list(payload, 'pull_request.requested_teams')
    .map((team) => teamName(payload, textOrNull(team, 'slug')))
    .filter((name) => name !== null);
}

/** `acme/backend`, as rules and mentions name teams. */
function teamName(payload: Payload, slug: string | null): string | null {
  const org = orgOf(payload);
  return slug === null || org === null ? null : `${org}/${slug}`;
}

function askedOf(payload: Payload, action: string): readonly string[] {
  const asked =
    action === 'review_requested'
      ? (textOrNull(payload, 'requested_reviewer.login') ??
        teamName(payload, textOrNull(payload, 'requested_team.slug')))
      : action === 'assigned'
        ? textOrNull(payload, 'assignee.login')
        : null;
  return asked === null ? [] : [asked];
}

/** Only what is new since the last push. */
function newCommits(payload: Payload): string | null {
  const [before, after] = [textOrNull(payload, 'before'), textOrNull(payload, 'after')];
  const page = linkOrNull(payload, 'pull_request.html_url');
  return page === null || !isHex(before) || !isHex(after) ? null : `${page}/files/${before}..${after}`;
}

function isHex(sha: string | null): boolean {
  return sha !== null && /^[0-9a-f]{7,64}$/.test(sha);
}

/** `+120 −30 in 7 files` */
function changedLines(payload: Payload): string | null {
  const added = numberOrNull(payload, 'pull_request.additions');
  const removed = numberOrNull(payload, 'pull_request.deletions');
  const files = numberOrNull(payload, 'pull_request.changed_files');
  if (added === null || removed === null) return null;
  return `+${grouped(added)} −${grouped(removed)}${files === null ? '' : ` in ${counted(files, 'file')}`}`;
}

function commits(payload: Payload): string | null {
  const count = numberOrNull(payload, 'pull_request.commits');
  return count === null ? null : counted(count, 'commit');
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
