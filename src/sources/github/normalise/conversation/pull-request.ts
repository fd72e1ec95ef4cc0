import { isTrue, linkOrNull, list, numberOrNull, type Payload, textOrNull } from '../../../../shared/payload.ts';
import { branchesOf, cameFrom, type MergeRequest, sizeOf } from '../../../../telling/hosting/request.ts';
import { topicSum } from '../../../../telling/hosting/sums.ts';
import { threadOf } from '../common.ts';
import type { ActivityParts, FamilyOutput } from '../family.ts';
import { loginsOf, teamName } from '../people.ts';
import { told } from '../words.ts';
import { written } from '../written.ts';
import { WORDING } from './pull-request-words.ts';
import { PULL_REQUEST, partsOf, subjectOf, timeOf, topicEcho } from './topic.ts';
import { wordingOf } from './topic-words.ts';

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
export function pullRequest(payload: Payload): FamilyOutput {
  const sent = textOrNull(payload, 'action');
  const action = sent === 'closed' && isMerged(payload) ? 'merged' : sent;
  const wording = wordingOf(action, WORDING, payload, PULL_REQUEST);
  if ('kind' in wording) return wording;
  const request = requestOf(payload);
  return {
    ...told(action, wording),
    subject: subjectOf(payload, PULL_REQUEST, action === 'synchronize' ? newCommits(payload) : null),
    excerpt: wording.showsBody === true ? written(payload, 'pull_request') : null,
    facts: [
      ...(wording.facts ?? []),
      action === 'merged' ? cameFrom(request) : branchesOf(request),
      ...(wording.showsSize === true ? sizeOf(request, action === 'synchronize') : []),
    ],
    sum: topicSum(action, PULL_REQUEST),
    ...pullRequestParts(payload),
    asked: wording.asked ?? [],
    occurredAt: timeOf(payload, PULL_REQUEST, wording.time),
    echo: topicEcho(payload, PULL_REQUEST, action, wording.time),
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
): ReturnType<typeof partsOf> & Pick<ActivityParts, 'branch' | 'head' | 'isFork' | 'reviewers'> {
  return {
    ...partsOf(payload, PULL_REQUEST),
    branch: textOrNull(payload, 'pull_request.base.ref'),
    head: textOrNull(payload, 'pull_request.head.ref'),
    isFork: isFromFork(payload),
    reviewers: [...loginsOf(payload, 'pull_request.requested_reviewers'), ...teamsOf(payload)],
  };
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

/** Only what is new since the last push. */
function newCommits(payload: Payload): string | null {
  const [before, after] = [textOrNull(payload, 'before'), textOrNull(payload, 'after')];
  const page = linkOrNull(payload, 'pull_request.html_url');
  return page === null || !isHex(before) || !isHex(after) ? null : `${page}/files/${before}..${after}`;
}

function isHex(sha: string | null): boolean {
  return sha !== null && /^[0-9a-f]{7,64}$/.test(sha);
}

/** As the words that all hosts share name it. */
function requestOf(payload: Payload): MergeRequest {
  const head = textOrNull(payload, 'pull_request.head.ref');
  const label = isFromFork(payload) ? textOrNull(payload, 'pull_request.head.label') : null;
  return {
    number: numberOrNull(payload, 'pull_request.number'),
    base: textOrNull(payload, 'pull_request.base.ref'),
    head: label ?? head,
    added: numberOrNull(payload, 'pull_request.additions'),
    removed: numberOrNull(payload, 'pull_request.deletions'),
    files: numberOrNull(payload, 'pull_request.changed_files'),
    commits: numberOrNull(payload, 'pull_request.commits'),
  };
}
