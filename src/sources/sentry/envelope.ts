import type { Headers } from '../../model/headers.ts';
import type { Identity } from '../../model/source.ts';
import { boundedId, idOfBytes } from '../../shared/bounded-id.ts';
import { bodyOrNull } from '../../shared/payload.ts';
import { shapeOf } from './shapes.ts';

/** What an event is about: `issue`, `metric_alert`. Not signed. */
export const RESOURCE = 'sentry-hook-resource';

/**
 * Sentry signs no id and makes up those of its headers for each attempt: an event is known by its bytes. What it is about stands in a
 * header, too, which is checked against what the bytes say when it is told.
 */
export function identify(body: Buffer, headers: Headers): Identity {
  const payload = bodyOrNull(body);
  if (payload === null && body.length > 0) return { missing: 'body, a JSON object,' };
  const type = boundedId(headers[RESOURCE]) ?? (payload && shapeOf(payload));
  if (type === null) return { missing: 'header Sentry-Hook-Resource' };
  return { id: idOfBytes(body), type };
}
