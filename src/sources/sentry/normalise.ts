import type { StoredEvent } from '../../model/event.ts';
import { fateIn } from '../../model/event-catalog.ts';
import type { Normalised } from '../../model/source.ts';
import { boundedId } from '../../shared/bounded-id.ts';
import { type Payload, parseBody, textOrNull } from '../../shared/payload.ts';
import { normalised } from '../../telling/activity-of.ts';
import { generic } from '../../telling/generic.ts';
import { momentAt } from '../../telling/parts.ts';
import type { Told } from '../../telling/told.ts';
import { EVENTS } from './events.ts';
import { error, issueAlert, metricAlert } from './normalise/alert.ts';
import { activityAlert, comment, installation, seer } from './normalise/around.ts';
import { issue } from './normalise/issue.ts';
import { actorOf, pageIn, placeOf, type SentryEvent, threadOf } from './normalise/parts.ts';
import { SUMS } from './normalise/sums.ts';
import { contradiction, isLegacy } from './shapes.ts';

/** Resource → who tells it. Null, and what is not here: told by its name. */
const FAMILIES: ReadonlyMap<string, (event: SentryEvent) => Told | null> = new Map([
  ['activity_alert', activityAlert],
  ['comment', comment],
  ['error', error],
  ['event_alert', issueAlert],
  ['installation', installation],
  ['issue', issue],
  ['metric_alert', metricAlert],
  ['seer', seer],
]);

const TIMES = ['data.event.datetime', 'data.error.datetime', 'data.timestamp', 'event.timestamp'];

/** What happened, in Tidings' words. @throws PayloadError when the body is no event of Sentry's */
export function normalise({ source, type, guid, body }: StoredEvent): Normalised {
  if (body.length === 0) return { kind: 'skip', reason: `${type}: Sentry sent an empty body, which says nothing` };
  const payload = parseBody(body);
  const other = contradiction(type, payload);
  if (other !== null) return { kind: 'suspect', reason: `it came as ${type}, but its body is of ${other}` };
  const action = isLegacy(payload) ? 'triggered' : boundedId(textOrNull(payload, 'action'));
  const event = { type, action, id: guid, payload, actor: actorOf(payload) };
  const envelope = {
    provider: 'sentry',
    source,
    id: guid,
    type,
    action,
    fate: fateIn(EVENTS, type, action),
    actor: event.actor,
    place: placeOf(payload),
    page: pageIn(payload),
    occurredAt: timeOf(payload),
    sums: SUMS,
  };
  return normalised(envelope, () => FAMILIES.get(type)?.(event) ?? unworded(event));
}

/** Whatever Sentry invents after this program was written. */
function unworded({ type, action, payload }: SentryEvent): Told {
  const name = action === null ? type : `${type}.${action}`;
  return { ...generic({ name, action, payload }), url: pageIn(payload), thread: threadOf(payload) };
}

function timeOf(payload: Payload): number | null {
  return TIMES.map((path) => momentAt(payload, path)).find((time) => time !== null) ?? null;
}
