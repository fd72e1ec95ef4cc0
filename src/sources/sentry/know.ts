import type { Known } from '../../model/known/card.ts';
import { countOf, factsAt } from '../../model/known/said.ts';
import { isObject, type Payload, read, textOrNull } from '../../shared/payload.ts';
import { firstText, momentAt } from '../../telling/parts.ts';
import { actorOf, pageIn, threadOf } from './normalise/parts.ts';

type State = 'open' | 'closed' | 'resolved';

const STATES: ReadonlyMap<string, State> = new Map([
  ['created', 'open'],
  ['unresolved', 'open'],
  ['resolved', 'resolved'],
  ['archived', 'closed'],
  ['ignored', 'closed'],
]);
const DID: ReadonlyMap<string, string> = new Map([
  ['unresolved', 'reopened'],
  ['resolved', 'resolved'],
  ['archived', 'archived'],
  ['ignored', 'archived'],
  ['assigned', 'assigned'],
  ['unassigned', 'unassigned'],
]);

/**
 * What an event says of an issue. Sentry tells no time of what becomes of one: it counts from its receipt. What made the issue counts
 * from when it was first seen, so that it takes nothing back, however late. Pure; never throws.
 * https://docs.sentry.io/organization/integrations/integration-platform/webhooks/issues/
 */
export function know(type: string, payload: unknown): readonly Known[] {
  const thread = isObject(payload) ? threadOf(payload) : null;
  if (thread === null || !isObject(payload)) return [];
  if (type === 'comment') return knowComment(thread, payload);
  return type === 'issue' && isObject(read(payload, 'data.issue')) ? knowIssue(thread, payload) : [];
}

function knowIssue(thread: string, payload: Payload): readonly Known[] {
  const issue = read(payload, 'data.issue');
  const action = textOrNull(payload, 'action') ?? '';
  const at = action === 'created' ? momentAt(issue, 'firstSeen') : null;
  const facts = factsAt(at, {
    title: textOrNull(issue, 'title') ?? undefined,
    url: pageIn(payload) ?? undefined,
    noun: 'issue',
    handle: textOrNull(issue, 'shortId') ?? undefined,
    place: textOrNull(issue, 'project.slug') ?? textOrNull(issue, 'project.name') ?? undefined,
    assignees: assigneesOf(issue),
    comments: countOf(issue, 'numComments'),
    state: STATES.get(action),
    latest: latestOf(action, payload),
  });
  return [{ thread: `sentry ${thread}`, facts }];
}

/** By name: a person or a team. Null says that nobody has it. */
function assigneesOf(issue: unknown): readonly string[] | undefined {
  const assigned = read(issue, 'assignedTo');
  if (assigned === null) return [];
  const name = firstText(assigned, ['name']);
  return name === null ? undefined : [name];
}

/** `Mona Lisa resolved it`; `It was resolved`, where no person did it. */
function latestOf(action: string, payload: Payload): string | undefined {
  const actor = actorOf(payload)?.login ?? null;
  if (action === 'created') return 'It was first seen';
  const did = DID.get(action);
  if (did === undefined) return undefined;
  return actor === null ? `It was ${did}` : `${actor} ${did} it`;
}

function knowComment(thread: string, payload: Payload): readonly Known[] {
  const actor = actorOf(payload)?.login ?? null;
  if (textOrNull(payload, 'action') !== 'created' || actor === null) return [];
  const at = momentAt(payload, 'data.timestamp');
  return [{ thread: `sentry ${thread}`, facts: factsAt(at, { latest: `${actor} commented` }) }];
}
