import type { Headers } from '../../model/headers.ts';

/** What GitHub calls a delivery; `missing`: the header that should say so. */
export type Identity =
  | { readonly deliveryId: string; readonly guid: string; readonly type: string }
  | { readonly missing: string };

/** GitHub's ids have 36 characters and less. What is much longer is no id, and would only bloat the dedup index. */
const LONGEST_ID = 200;

/**
 * GitHub sends one guid per *event*: two hooks that see the same event send different bodies under it. So the id of
 * this request is hook and guid together. Requests without a hook id (replayed by hand) are known by the guid alone.
 */
export function identify(headers: Headers): Identity {
  const type = idOf(headers['x-github-event']);
  if (type === null) return { missing: 'header X-GitHub-Event' };
  const guid = idOf(headers['x-github-delivery']);
  if (guid === null) return { missing: 'header X-GitHub-Delivery' };
  if (headers['x-github-hook-id'] === undefined) return { deliveryId: guid, guid, type };
  const hook = idOf(headers['x-github-hook-id']);
  if (hook === null) return { missing: 'header X-GitHub-Hook-ID' };
  return { deliveryId: `${hook}:${guid}`, guid, type };
}

function idOf(header: string | undefined): string | null {
  const id = header?.trim() ?? '';
  return id === '' || id.length > LONGEST_ID ? null : id;
}
