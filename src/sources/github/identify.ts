import type { Headers } from '../../model/headers.ts';
import { boundedId } from '../../shared/bounded-id.ts';

/** What GitHub calls a delivery; `missing`: the header that should say so. */
export type Identity =
  | { readonly deliveryId: string; readonly guid: string; readonly type: string }
  | { readonly missing: string };

/**
 * GitHub sends one guid per *event*: two hooks that see the same event send different bodies under it. So the id of
 * this request is hook and guid together. Requests without a hook id (replayed by hand) are known by the guid alone.
 */
export function identify(headers: Headers): Identity {
  const type = boundedId(headers['x-github-event']);
  if (type === null) return { missing: 'header X-GitHub-Event' };
  const guid = boundedId(headers['x-github-delivery']);
  if (guid === null) return { missing: 'header X-GitHub-Delivery' };
  if (headers['x-github-hook-id'] === undefined) return { deliveryId: guid, guid, type };
  const hook = boundedId(headers['x-github-hook-id']);
  if (hook === null) return { missing: 'header X-GitHub-Hook-ID' };
  return { deliveryId: `${hook}:${guid}`, guid, type };
}
