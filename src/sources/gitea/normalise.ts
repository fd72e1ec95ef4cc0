import type { StoredEvent } from '../../model/event.ts';
import { fateIn } from '../../model/event-catalog.ts';
import type { Normalised } from '../../model/source.ts';
import { isTrue, type Payload, parseBody, textOrNull } from '../../shared/payload.ts';
import { normalised } from '../../telling/activity-of.ts';
import { generic } from '../../telling/generic.ts';
import type { Family } from '../../telling/told.ts';
import { contradiction, plainType } from './contradiction.ts';
import { EVENTS } from './events.ts';
import { issueComment, review } from './normalise/conversation.ts';
import { type GiteaEvent, personAt, placeOf, repoOf, repositoryPage, timeAt } from './normalise/event.ts';
import { push, refEvent } from './normalise/push.ts';
import { fork, packages, release, repository, wiki } from './normalise/repository.ts';
import { actionRun, status, workflowJob, workflowRun } from './normalise/run.ts';
import { topicEvent } from './normalise/topic.ts';

/** Event type → who tells it. What is not here is told by `generic`. */
const FAMILIES: ReadonlyMap<string, Family<GiteaEvent>> = new Map<string, Family<GiteaEvent>>([
  ['action_run_failure', actionRun],
  ['action_run_recover', actionRun],
  ['action_run_success', actionRun],
  ['create', (event) => refEvent(event, 'created')],
  ['delete', (event) => refEvent(event, 'deleted')],
  ['fork', fork],
  ['issue_comment', issueComment],
  ['issues', topicEvent],
  ['package', packages],
  ['pull_request', topicEvent],
  ['pull_request_approved', review],
  ['pull_request_comment', review],
  ['pull_request_rejected', review],
  ['push', push],
  ['release', release],
  ['repository', repository],
  ['status', status],
  ['wiki', wiki],
  ['workflow_job', workflowJob],
  ['workflow_run', workflowRun],
]);

/** What happened, in Tidings' words. @throws PayloadError when the body is no JSON object */
export function normalise(event: StoredEvent): Normalised {
  const payload = parseBody(event.body);
  const suspicion = isVouchedFor(event) ? null : contradiction(event.type, payload);
  if (suspicion !== null) return { kind: 'suspect', reason: suspicion };
  const about = eventOf(plainType(event.type), payload);
  const { type, action, actor, place, repo } = about;
  const envelope = {
    provider: 'gitea',
    source: event.source,
    id: event.guid,
    type,
    action,
    fate: fateIn(EVENTS, type, action),
    actor,
    place,
    page: repositoryPage(about),
    occurredAt: occurredAt(about),
    account: textOrNull(payload, 'organization.username') ?? repo?.split('/', 1)[0] ?? null,
  };
  return normalised(envelope, () => (FAMILIES.get(type) ?? plainly)(about));
}

function eventOf(type: string, payload: Payload): GiteaEvent {
  const said = textOrNull(payload, 'action');
  const isMerged = type === 'pull_request' && said === 'closed' && isTrue(payload, 'pull_request.merged');
  const actor = personAt(payload, 'sender') ?? personAt(payload, 'pusher');
  return { type, action: isMerged ? 'merged' : said, payload, actor, place: placeOf(payload), repo: repoOf(payload) };
}

const plainly: Family<GiteaEvent> = ({ type, action, payload }) =>
  generic({ name: action === null ? type : `${type}.${action}`, action, payload });

/** By a person, who looked at it. */
function isVouchedFor({ replays, released }: StoredEvent): boolean {
  return replays > 0 || released === true;
}

/** A push says only when its commits were made, perhaps weeks before. */
function occurredAt({ action, payload }: GiteaEvent): number | null {
  if (action === 'merged') return timeAt(payload, 'pull_request.merged_at', 'pull_request.updated_at');
  const isNew = action === 'opened' || action === 'created';
  return timeAt(
    payload,
    `comment.${isNew ? 'created_at' : 'updated_at'}`,
    'workflow_run.completed_at',
    'workflow_job.completed_at',
    `pull_request.${isNew ? 'created_at' : 'updated_at'}`,
    `issue.${isNew ? 'created_at' : 'updated_at'}`,
    `release.${action === 'published' ? 'published_at' : 'created_at'}`,
    'run.stopped',
    'package.created_at',
    'updated_at',
  );
}
