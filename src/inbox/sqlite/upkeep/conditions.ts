/** Of an event `e`: its headers and body are there. */
export const HAS_BODY = '(e.segment_id > 0 AND EXISTS (SELECT 1 FROM segments g WHERE g.id = e.segment_id))';

/** The same where damage keeps the segments from being asked: who reads it finds out. */
export const MAY_HAVE_BODY = 'e.segment_id > 0';

/** Of a notification `n`: it waits, or somebody may want it put again. */
const IS_OPEN = "(n.state = 'queued' OR n.state IN ('dead', 'unknown') AND n.dismissed_at IS NULL)";

/** Of an event `e`: KeptEvent.isNeeded. */
export const IS_NEEDED = `(e.state IN ('pending', 'quarantined') OR EXISTS (
  SELECT 1 FROM notifications n INDEXED BY notifications_by_event WHERE n.event_id = e.id AND ${IS_OPEN}))`;

/** Of an attempt `a`. */
export const CARRIES_WHAT_IS_OPEN = `EXISTS (
  SELECT 1 FROM attempt_notifications an JOIN notifications n ON n.id = an.notification_id
  WHERE an.attempt_id = a.id AND ${IS_OPEN})`;
