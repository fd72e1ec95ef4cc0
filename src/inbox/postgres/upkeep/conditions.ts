// By index, event by event: an EXISTS is free to read all of the other table instead, dead rows and all.

/** Of an event `e`: its headers and body are there. */
export const HAS_BODY =
  '(e.segment_id > 0 AND (SELECT true FROM tidings.segments g WHERE g.id = e.segment_id) IS NOT NULL)';

/** The same for questions about all events: all segments are read at once, which are few beside them. */
export const HAS_BODY_OF_ALL = 'EXISTS (SELECT FROM tidings.segments g WHERE g.id = e.segment_id)';

/** Of a notification `n`: it waits, or somebody may want it put again. */
const IS_OPEN = "(n.state = 'queued' OR n.state IN ('dead', 'unknown') AND n.dismissed_at IS NULL)";

/** Of an event `e`: KeptEvent.isNeeded. One without a decision waits for it. */
export const IS_NEEDED = `(
  (SELECT d.state <> 'quarantined' FROM tidings.decisions d WHERE d.event_id = e.id) IS NOT TRUE
  OR (SELECT true FROM tidings.pending p WHERE p.event_id = e.id) IS NOT NULL
  OR (SELECT true FROM tidings.settling s WHERE s.event_id = e.id) IS NOT NULL
  OR (SELECT true FROM tidings.notifications n WHERE n.event_id = e.id AND ${IS_OPEN} LIMIT 1) IS NOT NULL)`;

/** Of an attempt `a`. */
export const CARRIES_WHAT_IS_OPEN = `(
  SELECT true FROM tidings.attempt_notifications an JOIN tidings.notifications n ON n.id = an.notification_id
  WHERE an.attempt_id = a.id AND ${IS_OPEN} LIMIT 1) IS NOT NULL`;
