import { isObject, type Payload, read } from '../../shared/payload.ts';

/** By what a payload is known to be of a resource. */
const SHAPES: ReadonlyMap<string, (payload: Payload) => boolean> = new Map([
  ['activity_alert', (payload: Payload) => isObject(read(payload, 'data.activity'))],
  ['issue', (payload: Payload) => isObject(read(payload, 'data.issue')) && !isObject(read(payload, 'data.activity'))],
  ['error', (payload: Payload) => isObject(read(payload, 'data.error'))],
  ['event_alert', (payload: Payload) => isObject(read(payload, 'data.event')) || isLegacy(payload)],
  ['metric_alert', (payload: Payload) => isObject(read(payload, 'data.metric_alert'))],
  ['comment', (payload: Payload) => read(payload, 'data.comment_id') !== undefined],
  ['installation', (payload: Payload) => isObject(read(payload, 'data.installation'))],
  ['seer', (payload: Payload) => read(payload, 'data.run_id') !== undefined],
]);

/** The "webhooks" plugin, older than integrations: an alert rule that was met, with the fields at the top. */
export function isLegacy(payload: Payload): boolean {
  return isObject(payload['event']) && payload['data'] === undefined;
}

/** The resource that a payload looks like. Null: none that is known. */
export function shapeOf(payload: Payload): string | null {
  for (const [resource, fits] of SHAPES) if (fits(payload)) return resource;
  return null;
}

/** What a payload is instead of the resource that it came as, which nobody signed. Null: nothing contradicts. */
export function contradiction(resource: string, payload: Payload): string | null {
  const fits = SHAPES.get(resource);
  return fits === undefined || fits(payload) ? null : shapeOf(payload);
}
