import type { Activity } from '../../model/activity.ts';
import type { StoredEvent } from '../../model/event.ts';
import type { Normalised } from '../../model/source.ts';
import { issueComment, pullRequestReviewComment } from './normalise/comments.ts';
import { person, repositoryOf } from './normalise/common.ts';
import { issues } from './normalise/issues.ts';
import { ping } from './normalise/ping.ts';
import { pullRequest } from './normalise/pull-request.ts';
import { pullRequestReview } from './normalise/pull-request-review.ts';
import { push } from './normalise/push.ts';
import { create, remove } from './normalise/refs.ts';
import { release } from './normalise/release.ts';
import { fork, star, watch } from './normalise/stars.ts';
import { type Family, notToldYet, type Told } from './normalise/verdict.ts';
import { workflowRun } from './normalise/workflow-run.ts';
import { type Payload, parsePayload, textOrNull } from './payload.ts';

/** `X-GitHub-Event` → who tells it. A new family is a file in normalise/ and a line here. */
const FAMILIES: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['create', create],
  ['delete', remove],
  ['fork', fork],
  ['issue_comment', issueComment],
  ['issues', issues],
  ['ping', ping],
  ['pull_request', pullRequest],
  ['pull_request_review', pullRequestReview],
  ['pull_request_review_comment', pullRequestReviewComment],
  ['push', push],
  ['release', release],
  ['star', star],
  ['watch', watch],
  ['workflow_run', workflowRun],
]);

/**
 * What happened, in Tidings' words. Types and actions that nobody tells are skipped, whatever their body.
 * @throws PayloadError when a told event lacks a field it cannot do without
 */
export function normalise(event: StoredEvent): Normalised {
  const family = FAMILIES.get(event.type);
  const isRead = family !== undefined && family !== ping;
  const payload = isRead ? parsePayload(event) : whatCanBeRead(event);
  const verdict = family?.(payload) ?? notToldYet(event.type, textOrNull(payload, 'action'));
  if (verdict.kind === 'skip') return { kind: 'skip', reason: verdict.reason, ...known(payload) };
  return { kind: 'activity', activity: activityOf(event, payload, verdict) };
}

/** The body of an event that nobody tells cannot be wrong: it is stored, and skipped either way. */
function whatCanBeRead(event: StoredEvent): Payload {
  try {
    return parsePayload(event);
  } catch {
    return {};
  }
}

function known(payload: Payload): { action?: string | undefined; repo?: string | undefined } {
  return {
    action: textOrNull(payload, 'action') ?? undefined,
    repo: textOrNull(payload, 'repository.full_name') ?? undefined,
  };
}

/** What is told the same way for every family: kind, actor, repository and the key that tells it once. */
export function activityOf(event: StoredEvent, payload: Payload, told: Told): Activity {
  const kind = told.action === null ? event.type : `${event.type}.${told.action}`;
  return {
    kind,
    type: event.type,
    action: told.action,
    source: event.source,
    headline: told.headline,
    tone: told.tone,
    actor: person(payload, 'sender'),
    repo: repositoryOf(payload),
    subject: told.subject,
    excerpt: told.excerpt ?? null,
    facts: (told.facts ?? []).filter((fact) => fact !== null),
    labels: told.labels ?? [],
    branch: told.branch ?? null,
    head: told.head ?? null,
    isDraft: told.isDraft ?? false,
    occurredAt: told.occurredAt ?? null,
    // The guid is the event's own, whichever hook brought it: two hooks, one message.
    echoKey: echoKeyOf(payload, kind, told.echo ?? null),
    dedupKey: `github:${event.guid}:${kind}`,
  };
}

/** GitHub's names are the same in any case, and a poll may have been given another one than the webhook writes. */
function echoKeyOf(payload: Payload, kind: string, echo: string | null): string | null {
  const repo = textOrNull(payload, 'repository.full_name');
  return repo === null || echo === null ? null : `${kind} ${repo.toLowerCase()} ${echo}`;
}
