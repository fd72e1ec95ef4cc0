import type { Person } from '../../../model/activity.ts';
import { filledText, isObject, type Payload, read, textOrNull, timeOrNull } from '../../../shared/payload.ts';
import { page } from '../../../telling/page.ts';
import { firstText, momentAt, person } from '../../../telling/parts.ts';

/** One webhook of Linear's, as all of them are built. https://linear.app/developers/webhooks#webhook-payload */
export interface LinearEvent {
  /** `Issue`, `Comment`, `ProjectUpdate`… */
  readonly type: string;
  /** `create`, `update`, `remove`; a few have others. */
  readonly action: string | null;
  /** What it is about, as it is now. */
  readonly data: Payload;
  /** The changed fields, with what they held before: ids, never names. */
  readonly before: Payload;
  /** Who did it. Older webhooks do not say; then whoever the thing names as its maker, where that is the same. */
  readonly actor: Person | null;
  readonly actorId: string | null;
  /** Absent once the thing is removed. */
  readonly url: string | null;
  /** The workspace, as its addresses name it: `acme`. */
  readonly workspace: string | null;
  /** What identifiers are unique in. */
  readonly organization: string;
  readonly payload: Payload;
  readonly occurredAt: number | null;
}

const NOTHING: Payload = {};

/** Where what it is about stands. */
const HOLDERS = ['data', 'issueData', 'agentSession', 'notification'];

/** @throws PayloadError when it lacks what every webhook of Linear's has */
export function eventOf(payload: Payload): LinearEvent {
  const type = filledText(payload, 'type');
  const action = textOrNull(payload, 'action');
  const data = HOLDERS.map((path) => read(payload, path)).find(isObject) ?? NOTHING;
  const before = read(payload, 'updatedFrom');
  const { actor, actorId } = actorOf(payload, data, action);
  const url = page(firstText(payload, ['url', 'data.url']));
  return {
    type,
    action,
    data,
    before: isObject(before) ? before : NOTHING,
    actor,
    actorId,
    url: url !== null && type === 'Attachment' ? page(textOrNull(payload, 'url')) : url,
    workspace: workspaceIn(url) ?? workspaceIn(textOrNull(payload, 'actor.url')) ?? workspaceIn(issueUrl(data)),
    organization: textOrNull(payload, 'organizationId') ?? '',
    payload,
    occurredAt: timeOrNull(payload, 'createdAt') ?? momentAt(payload, 'webhookTimestamp'),
  };
}

/** Whether this very event says that the field changed. */
export function hasChanged({ before }: LinearEvent, field: string): boolean {
  return Object.hasOwn(before, field);
}

/** `acme` of `https://linear.app/acme/issue/ENG-12` */
function workspaceIn(url: string | null): string | null {
  return /^https:\/\/linear\.app\/([\w-]{1,80})\//.exec(url ?? '')?.[1] ?? null;
}

function issueUrl(data: Payload): string | null {
  return firstText(data, ['issue.url', 'project.url']);
}

function actorOf(payload: Payload, data: Payload, action: string | null) {
  const given = firstText(payload, ['actor.name', 'actor.displayName', 'actor.email']);
  const type = textOrNull(payload, 'actor.type');
  if (given !== null) {
    const url = page(textOrNull(payload, 'actor.url'));
    const actor = person(given, { url, isBot: type !== null && type.toLowerCase() !== 'user' });
    return { actor, actorId: textOrNull(payload, 'actor.id') };
  }
  return action === 'remove' ? { actor: null, actorId: null } : makerOf(data, action);
}

/** Whoever wrote it edits it; whoever is its creator created it, and may be named as something else too. */
function makerOf(data: Payload, action: string | null) {
  const author = firstText(data, ['user.name', 'externalUser.name', 'botActor.name', 'creator.name', 'actor.name']);
  if (author !== null && (action !== 'update' || read(data, 'user') !== undefined)) {
    const isBot = read(data, 'user') === undefined && read(data, 'botActor') !== undefined;
    return { actor: person(author, { isBot }), actorId: firstText(data, ['user.id', 'creator.id']) };
  }
  const creatorId = action === 'create' ? textOrNull(data, 'creatorId') : null;
  const known = ['assignee', 'lead'].find((role) => creatorId !== null && read(data, `${role}.id`) === creatorId);
  return { actor: known === undefined ? null : person(textOrNull(data, `${known}.name`)), actorId: creatorId };
}
