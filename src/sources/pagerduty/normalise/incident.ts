import type { Facets } from '../../../model/facets.ts';
import { textOrNull, textsIn } from '../../../shared/payload.ts';
import { excerpt } from '../../../telling/excerpt.ts';
import { type IncidentStep, incidentResult, incidentTold, severityOf } from '../../../telling/incident.ts';
import { after, asWords, firstText, idAt, momentAt, wordsAt } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { enumerated } from '../../../text/words.ts';
import type { PagerdutyEvent } from '../envelope.ts';
import { agentOf, assigneesOf, incidentOf, nameAt } from './parts.ts';

const STEPS: Readonly<Record<string, IncidentStep>> = {
  triggered: 'triggered',
  acknowledged: 'acknowledged',
  unacknowledged: 'unacknowledged',
  escalated: 'escalated',
  reassigned: 'reassigned',
  // To another escalation policy.
  delegated: 'reassigned',
  resolved: 'resolved',
  reopened: 'reopened',
};

/** What became of an incident, or was said of it. Null: nobody has words for it. */
export function incident(event: PagerdutyEvent): Told | null {
  const { action } = event;
  if (action === 'priority_updated') return priority(event);
  if (action === 'annotated') return note(event);
  if (action === 'status_update_published') return statusUpdate(event);
  if (action === 'service_updated') return moved(event);
  const step = action !== null && Object.hasOwn(STEPS, action) ? STEPS[action] : undefined;
  return step === undefined ? null : stepTold(event, step);
}

function stepTold(event: PagerdutyEvent, step: IncidentStep): Told {
  const { data, around, action } = event;
  const { id, handle, title, url } = incidentOf(event);
  const people = assigneesOf(event);
  const names = enumerated(people.map(({ name }) => name));
  const policy = action === 'delegated' ? nameAt(data, 'escalation_policy') : null;
  const told = incidentTold(step, {
    noun: 'incident',
    handle,
    title,
    isByPerson: agentOf(event) !== null,
    to: step === 'escalated' || step === 'reassigned' ? (after('escalation policy', policy) ?? names) : null,
    isToThemselves: policy === null && people.length === 1 && isAgent(event, people[0]?.id ?? null),
    startedAt: momentAt(data, 'reopened_at') ?? momentAt(data, 'created_at'),
    endedAt: momentAt(around, 'occurred_at'),
  });
  const isOpen = step === 'triggered' || step === 'reopened';
  return {
    ...told,
    url,
    facts: [
      ...told.facts,
      isOpen || step === 'escalated' ? priorityOf(event) : null,
      isOpen ? urgencyOf(event) : null,
      isOpen || policy !== null ? after('assigned to', names) : null,
      isOpen ? cameFrom(event) : null,
      after('merged into', nameAt(data, 'resolve_reason.incident')),
    ],
    facets: facetsOf(event),
    result: incidentResult(
      step,
      'incident',
      `incident ${id ?? title}`,
      event.id ?? textOrNull(around, 'occurred_at') ?? '',
    ),
    thread: id && `incident ${id}`,
  };
}

function isAgent({ agent }: PagerdutyEvent, id: string | null): boolean {
  return id !== null && id === idAt(agent, 'id');
}

function priority(event: PagerdutyEvent): Told {
  const { id, ...about } = incidentOf(event);
  const now = priorityOf(event);
  return {
    headline: 'Incident priority changed',
    ...(agentOf(event) === null
      ? { became: now === null ? 'has no priority any more' : `is ${asWords(now)} now` }
      : { did: now === null ? 'removed the priority of {it}' : `set the priority of {it} to ${asWords(now)}` }),
    noun: 'incident',
    ...about,
    facets: facetsOf(event),
    thread: id && `incident ${id}`,
  };
}

/** To another service, which is the place now. */
function moved(event: PagerdutyEvent): Told {
  const { id, ...about } = incidentOf(event);
  return {
    headline: 'Incident moved',
    ...(agentOf(event) === null ? { became: 'was moved to {repo}' } : { did: 'moved {it} to {repo}' }),
    noun: 'incident',
    ...about,
    facets: facetsOf(event),
    thread: id && `incident ${id}`,
  };
}

/** What somebody writes to those who work on it. */
function note(event: PagerdutyEvent): Told {
  const { id, ...about } = incidentOf(event);
  const told = incidentTold('annotated', { noun: 'incident', ...about, isByPerson: agentOf(event) !== null });
  return { ...told, ...about, ...spoken(event, ['content', 'note.content']), thread: id && `incident ${id}` };
}

/** What somebody writes to those who wait for it to end. */
function statusUpdate(event: PagerdutyEvent): Told {
  const { id, ...about } = incidentOf(event);
  return {
    headline: 'Incident update',
    ...(agentOf(event) === null ? { became: 'has an update' } : { did: 'posted an update on {it}' }),
    noun: 'incident',
    ...about,
    ...spoken(event, ['message', 'status_update.message']),
    thread: id && `incident ${id}`,
  };
}

function spoken(event: PagerdutyEvent, fields: readonly string[]): Pick<Told, 'excerpt' | 'isSpoken'> {
  return { excerpt: excerpt(firstText(event.data, fields)), isSpoken: true };
}

function facetsOf(event: PagerdutyEvent): Partial<Facets> {
  const { data } = event;
  return {
    severity: severityOf(priorityOf(event)) ?? severityOf(textOrNull(data, 'urgency')),
    assignees: assigneesOf(event).map(({ name }) => name),
    labels: textsIn(data, 'teams', 'summary'),
  };
}

function priorityOf({ data }: PagerdutyEvent): string | null {
  return nameAt(data, 'priority');
}

function urgencyOf({ data }: PagerdutyEvent): string | null {
  const urgency = wordsAt(data, 'urgency');
  return urgency && `${urgency} urgency`;
}

/** Which monitoring saw it: the integration calls itself a client. */
function cameFrom(event: PagerdutyEvent): string | null {
  const client = firstText(event.around, ['client.name']);
  if (client !== null && client !== 'PagerDuty') return `from ${client}`;
  return agentOf(event) === null ? after('from', nameAt(event, 'agent')) : null;
}
