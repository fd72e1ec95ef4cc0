import { flatContent } from '../model/flat-activity.ts';
import type { Notification } from '../model/notification.ts';

/** Of what `docs/http-body.schema.json` describes. Fields may be added to a version; what is there keeps its meaning. */
export const BODY_VERSION = 1;

/** What programs get of a notification. The same at every try, so that its id never names two contents. */
export function activityBody(notification: Notification) {
  const { activity, eventId, rule, receivedAt, isReplay } = notification;
  const occurred = new Date(activity.occurredAt ?? receivedAt);
  const when = Number.isNaN(occurred.getTime()) ? new Date(receivedAt) : occurred;
  return {
    version: BODY_VERSION,
    type: activity.kind,
    timestamp: when.toISOString(),
    data: { ...flatContent(notification), eventId, rule, isReplay },
  } as const;
}
