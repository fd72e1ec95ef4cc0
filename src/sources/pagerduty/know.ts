import type { Known } from '../../model/known/card.ts';
import { factsAt, ranked } from '../../model/known/said.ts';
import { isObject, read, textOrNull } from '../../shared/payload.ts';
import { momentAt } from '../../telling/parts.ts';
import { eventOrNull, type PagerdutyEvent } from './envelope.ts';
import { agentOf, assigneesOf, incidentOf, nameAt } from './normalise/parts.ts';

const MOST_ASSIGNED = 100;
type State = 'open' | 'acknowledged' | 'resolved';

/** What an action makes of an incident. Of others its status tells. */
const STATES: ReadonlyMap<string, State> = new Map([
  ['triggered', 'open'],
  ['acknowledged', 'acknowledged'],
  ['unacknowledged', 'open'],
  ['resolved', 'resolved'],
  ['reopened', 'open'],
]);
const DID: ReadonlyMap<string, string> = new Map([
  ['triggered', 'triggered'],
  ['acknowledged', 'acknowledged'],
  ['escalated', 'escalated'],
  ['reassigned', 'reassigned'],
  ['delegated', 'reassigned'],
  ['resolved', 'resolved'],
  ['reopened', 'reopened'],
]);

/**
 * What an event says of an incident, as of when it occurred. Pure; never throws.
 * https://developer.pagerduty.com/docs/webhooks-overview
 */
export function know(_type: string, payload: unknown): readonly Known[] {
  const event = isObject(payload) ? eventOrNull(payload) : null;
  if (event === null || event.type === 'service') return [];
  const { id, handle, title, url } = incidentOf(event);
  if (id === null) return [];
  const { data, around } = event;
  // Others name the incident, and say no more of it.
  const isItself = event.type === 'incident' && read(data, 'incident') === undefined;
  const occurred = momentAt(around, 'occurred_at');
  const state = isItself ? stateOf(event) : undefined;
  // The second generation has whole seconds.
  const at = ranked(occurred, state === 'resolved' ? 2 : event.action === 'triggered' ? 0 : 1);
  const facts = factsAt(at, {
    title: title === '' ? undefined : title,
    url: url ?? undefined,
    noun: 'incident',
    handle: handle ?? undefined,
    place: nameAt(data, isItself ? 'service' : 'incident.service') ?? undefined,
    assignees: isItself ? assigneesIn(event) : undefined,
    state,
    latest: latestOf(event),
  });
  return [{ thread: `pagerduty incident ${id}`, facts }];
}

function stateOf({ action, data }: PagerdutyEvent): State | undefined {
  const made = STATES.get(action ?? '');
  if (made !== undefined) return made;
  const status = textOrNull(data, 'status');
  if (status === 'triggered') return 'open';
  return status === 'acknowledged' || status === 'resolved' ? status : undefined;
}

function assigneesIn(event: PagerdutyEvent): readonly string[] | undefined {
  const isSaid = Array.isArray(read(event.data, 'assignees')) || Array.isArray(read(event.data, 'assignments'));
  return isSaid
    ? assigneesOf(event)
        .slice(0, MOST_ASSIGNED)
        .map(({ name }) => name)
    : undefined;
}

/** `Mona Lisa acknowledged it`; `It was resolved`, where no person did it. */
function latestOf(event: PagerdutyEvent): string | undefined {
  const agent = agentOf(event)?.login ?? null;
  if (event.type !== 'incident') return undefined;
  if (event.action === 'annotated') return agent === null ? undefined : `${agent} wrote a note`;
  const did = DID.get(event.action ?? '');
  if (did === undefined) return undefined;
  return agent === null ? `It was ${did}` : `${agent} ${did} it`;
}
