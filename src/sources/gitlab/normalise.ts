import type { StoredEvent } from '../../model/event.ts';
import { fateIn } from '../../model/event-catalog.ts';
import type { Normalised } from '../../model/source.ts';
import { type Payload, parseBody } from '../../shared/payload.ts';
import { normalised } from '../../telling/activity-of.ts';
import { generic } from '../../telling/generic.ts';
import { momentAt } from '../../telling/parts.ts';
import type { Skip, Told } from '../../telling/told.ts';
import { EVENTS } from './events.ts';
import { administration } from './normalise/administration.ts';
import { actorOf, type GitlabEvent, placeOf, projectOf } from './normalise/event.ts';
import { actionOf, familyOf } from './normalise/families.ts';
import { promotion } from './normalise/promotion.ts';

/** Where each sort of event says when it happened; a push does not. */
const TIMES = [
  'object_attributes.actioned_at',
  'object_attributes.finished_at',
  'object_attributes.updated_at',
  'object_attributes.created_at',
  'status_changed_at',
  'build_finished_at',
  'build_started_at',
  'build_created_at',
  'released_at',
  'updated_at',
  'created_at',
];

/** What happened, in Tidings' words. @throws PayloadError when the body is no JSON object */
export function normalise({ source, type, guid, body }: StoredEvent): Normalised {
  const payload = parseBody(body);
  const project = projectOf(payload);
  const action = actionOf(type, payload);
  const actor = actorOf(payload, project);
  const envelope = {
    provider: 'gitlab',
    source,
    id: guid,
    type,
    action,
    fate: fateIn(EVENTS, type, action),
    actor,
    place: placeOf(project),
    page: project.url,
    occurredAt: timeOf(payload),
    account: project.path?.split('/', 1)[0] ?? null,
  };
  return normalised(envelope, () => tell({ payload, type, action, project, actor }));
}

function tell(event: GitlabEvent): Told | Skip {
  const { type, action, payload } = event;
  return (
    familyOf(type)?.(event) ??
    administration(event) ??
    promotion(event) ??
    generic({ name: type.replace(/^gitlab_/, ''), action, payload })
  );
}

function timeOf(payload: Payload): number | null {
  return TIMES.map((path) => momentAt(payload, path)).find((time) => time !== null) ?? null;
}
