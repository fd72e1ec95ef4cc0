import type { StoredEvent } from '../../model/event.ts';
import { fateIn } from '../../model/event-catalog.ts';
import type { Normalised } from '../../model/source.ts';
import { isObject, type Payload, parseBody, read, textOrNull } from '../../shared/payload.ts';
import { normalised } from '../../telling/activity-of.ts';
import { generic } from '../../telling/generic.ts';
import type { Family, Told } from '../../telling/told.ts';
import { contradiction, isDataCenter } from './contradiction.ts';
import { eventKey, eventName } from './envelope.ts';
import { EVENTS } from './events.ts';
import { commitStatus } from './normalise/build.ts';
import { asCloud } from './normalise/data-center.ts';
import { type BitbucketEvent, personAt, placeOf, repoOf, repositoryPage, SITE, timeAt } from './normalise/event.ts';
import { issue } from './normalise/issue.ts';
import { pullRequest } from './normalise/pull-request.ts';
import { push } from './normalise/push.ts';
import { repository } from './normalise/repository.ts';

/** What happened, in Tidings' words. @throws PayloadError when the body is no JSON object */
export function normalise(event: StoredEvent): Normalised {
  const payload = parseBody(event.body);
  const key = eventKey(event);
  const suspicion = isVouchedFor(event) ? null : contradiction(key, payload);
  if (suspicion !== null) return { kind: 'suspect', reason: suspicion };
  const about = eventOf(key, payload);
  const { type, action, actor, place, repo } = about;
  const envelope = {
    provider: 'bitbucket',
    source: event.source,
    id: event.guid,
    type,
    action,
    fate: fateIn(EVENTS, type, action),
    actor,
    place,
    page: repositoryPage(about),
    occurredAt: occurredAt(about),
    account: textOrNull(payload, 'repository.workspace.slug') ?? repo?.split('/', 1)[0] ?? null,
  };
  return normalised(envelope, () => familyOf(about)(about));
}

function eventOf(sentKey: string, sent: Payload): BitbucketEvent {
  const { key, payload } = asCloud(sentKey, sent) ?? { key: sentKey, payload: sent };
  const actor = personAt(payload, 'actor');
  const site = isDataCenter(sentKey) ? null : SITE;
  return { key, ...eventName(key), payload, actor, site, place: placeOf(payload, site), repo: repoOf(payload) };
}

function familyOf({ type, action }: BitbucketEvent): Family<BitbucketEvent> {
  if (type === 'pullrequest') return pullRequest;
  if (type === 'issue') return issue;
  if (type !== 'repo') return plainly;
  if (action === 'push') return push;
  return action === 'commit_status_created' || action === 'commit_status_updated' ? commitStatus : repository;
}

/** `project:updated` has what it is about under its type, Data Center's `pr:opened` under a longer name. */
function plainly({ key, type, action, payload }: BitbucketEvent): Told {
  const about = read(payload, type) ?? read(payload, 'pullRequest');
  const name = key.replace(/^pr:/, 'pull request:');
  return generic({ name, action, payload: isObject(about) ? about : payload });
}

/** By a person, who looked at it. */
function isVouchedFor({ replays, released }: StoredEvent): boolean {
  return replays > 0 || released === true;
}

/** Neither a push nor a change of a repository says when it happened. */
function occurredAt({ action, payload }: BitbucketEvent): number | null {
  const isNew = action === 'created';
  return timeAt(
    payload,
    'approval.date',
    'changes_request.date',
    `comment.${action?.endsWith('_created') === true ? 'created_on' : 'updated_on'}`,
    'comment.created_on',
    'commit_status.updated_on',
    `pullrequest.${isNew ? 'created_on' : 'updated_on'}`,
    `issue.${isNew ? 'created_on' : 'updated_on'}`,
    'fork.created_on',
  );
}
