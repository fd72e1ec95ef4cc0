import type { Headers } from '../../model/headers.ts';
import type { Identity } from '../../model/source.ts';
import { boundedId, idOfBytes } from '../../shared/bounded-id.ts';
import { bodyOrNull, isTrue, type Payload, textOrNull } from '../../shared/payload.ts';
import { capitalised, spaced } from '../../text/words.ts';
import { ID, isSigned } from './signature.ts';

/** Events whose header has another name than their body. */
const HOOKS: Readonly<Record<string, string>> = {
  build: 'Job',
  access_token: 'Resource Access Token',
  deploy_token: 'Resource Deploy Token',
  user_add_to_group: 'Member',
  user_remove_from_group: 'Member',
  user_update_for_group: 'Member',
  subgroup_create: 'Subgroup',
  subgroup_destroy: 'Subgroup',
};
/** What issues and comments are called where only some may read them. */
const CONFIDENTIAL = 'confidential_';

/**
 * The body says which event it is: it is signed, the header is not. Of a body from a webhook's own template the header does. A
 * signed id stands for the request, else `Idempotency-Key`, else the bytes; `X-Gitlab-Event-UUID` may be that of several.
 */
export function identify(headers: Headers, body: Buffer): Identity {
  const payload = bodyOrNull(body);
  if (payload === null) return { missing: 'body, a JSON object,' };
  const type = typeOf(payload, headers['x-gitlab-event'] ?? '');
  if (type === null) return { missing: 'field object_kind' };
  const id = boundedId(isSigned(headers) ? headers[ID] : headers['idempotency-key']);
  return { id: id ?? idOfBytes(body), type };
}

/** `merge_request`, `user_add_to_team`, `confidential_issue`. Null: nobody says. */
export function typeOf(payload: Payload, hook: string): string | null {
  const kind = boundedId(textOrNull(payload, 'object_kind')) ?? boundedId(textOrNull(payload, 'event_name'));
  const type = kind ?? boundedId(typeOfHook(hook));
  const isIssue = type === 'issue' || type === 'note' || type === 'work_item';
  return isIssue && isConfidential(payload, hook) ? `${CONFIDENTIAL}${type === 'note' ? 'note' : 'issue'}` : type;
}

/** `Merge Request Hook` → `merge_request`; '' for none. */
function typeOfHook(hook: string): string {
  const name = hook.replace(/ Hook$/, '');
  const known = Object.entries(HOOKS).find(([, each]) => each === name)?.[0];
  return known ?? name.toLowerCase().replace(/\W+/g, '_').replace(/^_|_$/g, '');
}

/** `merge_request` → `Merge Request Hook` */
export function hookName(type: string): string {
  const own = Object.hasOwn(HOOKS, type) ? HOOKS[type] : undefined;
  const words = own ?? spaced(type).split(' ').map(capitalised).join(' ');
  return `${words} Hook`;
}

/** If one of them says so it is: it would be told to too many. */
function isConfidential(payload: Payload, hook: string): boolean {
  return (
    hook.startsWith('Confidential ') ||
    textOrNull(payload, 'event_type')?.startsWith(CONFIDENTIAL) === true ||
    ['object_attributes.confidential', 'object_attributes.internal', 'issue.confidential'].some((path) =>
      isTrue(payload, path),
    )
  );
}
