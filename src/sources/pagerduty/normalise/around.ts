import { list, read, textOrNull } from '../../../shared/payload.ts';
import { excerpt } from '../../../telling/excerpt.ts';
import { generic, toneOf } from '../../../telling/generic.ts';
import { asWords, firstText, idAt, joined, person, worded } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { capitalised } from '../../../text/words.ts';
import type { PagerdutyEvent } from '../envelope.ts';
import { agentOf, incidentOf, nameAt } from './parts.ts';

/** What PagerDuty asks where nobody wrote anything says nothing. */
const DEFAULT_MESSAGE = 'Please help with "';

/** Who is asked to help with an incident, and what they answer. Null: nobody has words for it. */
export function responder(event: PagerdutyEvent): Told | null {
  const { data, action } = event;
  const name = nameAt(data, 'user') ?? nameAt(data, 'escalation_policy');
  if (name === null) return null;
  if (action === 'added') {
    const isThemselves = agentOf(event) !== null && idAt(event.agent, 'id') === idAt(data, 'user.id');
    const did = isThemselves ? 'added themselves to {it}' : `asked ${asWords(name)} to help with {it}`;
    const done = doneOrBecame(event, did, `waits for ${asWords(name)}`);
    return { ...aboutIncident(event, 'Help asked for'), tone: 'waiting', ...done, ...messageOf(event) };
  }
  const state = textOrNull(data, 'state');
  if (action !== 'replied' || state === 'pending') return null;
  const told = aboutIncident(event, state === 'declined' ? 'Help declined' : 'Help is coming');
  const by = agentOf(event) ?? person(name);
  return state === 'declined'
    ? { ...told, by, tone: 'bad', did: 'declined to help with {it}', ...messageOf(event) }
    : { ...told, by, tone: 'good', did: 'agreed to help with {it}', ...messageOf(event) };
}

function messageOf({ data }: PagerdutyEvent): Pick<Told, 'excerpt' | 'isSpoken'> {
  const message = firstText(data, ['message']);
  return { excerpt: message?.startsWith(DEFAULT_MESSAGE) ? null : excerpt(message), isSpoken: true };
}

/** Assigned and unassigned: PagerDuty tells both by one event. */
export function role(event: PagerdutyEvent): Told | null {
  const [assignment] = list(event.data, 'incident_role_assignments');
  const name = nameAt(assignment, 'role');
  const now = nameAt(assignment, 'assignee');
  const before = nameAt(assignment, 'old_assignee');
  const who = now ?? before;
  if (name === null || who === null) return null;
  const named = asWords(name);
  return {
    ...aboutIncident({ ...event, data: { incident: read(assignment, 'incident') } }, 'Incident role changed'),
    ...(now === null
      ? doneOrBecame(event, `removed ${asWords(who)} as ${named} of {it}`, `has no ${named} any more`)
      : doneOrBecame(event, `made ${asWords(now)} ${named} of {it}`, `has ${asWords(now)} as ${named}`)),
  };
}

type Task = (named: string | null) => readonly [headline: string, did: string, became: string];

const TASKS: Readonly<Record<string, Task>> = {
  created: (named) => ['Incident task added', `added ${named ?? 'a task'} to {it}`, `has ${named ?? 'a new task'}`],
  updated: (named) => [
    'Incident task changed',
    `changed ${named ?? 'a task'} of {it}`,
    `has other ${named ?? 'tasks'}`,
  ],
  completed: (named) => [
    'Incident task completed',
    `completed ${named ?? 'a task'} of {it}`,
    `has ${named ?? 'a task'} completed`,
  ],
};

export function task(event: PagerdutyEvent): Told | null {
  const words = Object.hasOwn(TASKS, event.action ?? '') ? TASKS[event.action ?? ''] : undefined;
  if (words === undefined) return null;
  const name = firstText(event.data, ['name', 'summary']);
  const [headline, did, became] = words(name === null ? null : `task ${asWords(name)}`);
  return {
    ...aboutIncident(event, headline),
    ...doneOrBecame(event, did, became),
    tone: event.action === 'completed' ? 'good' : 'neutral',
  };
}

export function workflow(event: PagerdutyEvent): Told | null {
  const { action } = event;
  const name = nameAt(event.data, 'incident_workflow') ?? firstText(event.data, ['summary']);
  if (name === null || (action !== 'started' && action !== 'completed')) return null;
  const named = `workflow ${asWords(name)}`;
  const told = aboutIncident(event, `Incident workflow ${action}`);
  return action === 'started'
    ? { ...told, ...doneOrBecame(event, `started ${named} for {it}`, `is in ${named}`) }
    : { ...told, by: null, handle: capitalised(named), became: 'completed', tone: 'good' };
}

/** An incident may be of a type that its account has made up: `security`. */
export function incidentType(event: PagerdutyEvent): Told | null {
  const name = nameAt(event.data, 'incident_type') ?? firstText(event.data, ['incident_type.display_name']);
  if (name === null) return null;
  const words = asWords(worded(name));
  return {
    ...aboutIncident(event, 'Incident type changed'),
    ...doneOrBecame(event, `set the type of {it} to ${words}`, `is of type ${words} now`),
  };
}

/** A script that somebody runs from an incident. */
export function actionInvocation(event: PagerdutyEvent): Told | null {
  const { data, action } = event;
  const name = nameAt(data, 'action');
  const state = textOrNull(data, 'state');
  if (name === null) return null;
  const { title } = incidentOf(event);
  const isOver = action === 'terminated';
  const result = isOver && state === 'error' ? 'failed' : isOver ? 'completed' : 'run';
  return {
    ...aboutIncident(event, `Action ${result}`),
    noun: 'action',
    handle: null,
    title: joined(name, 'for', title === '' ? null : title),
    tone: toneOf(result),
    // Who started it is not to blame for how it ends.
    ...(isOver ? { by: null } : {}),
  };
}

export function conferenceBridge(event: PagerdutyEvent): Told {
  return {
    ...aboutIncident(event, 'Conference bridge changed'),
    ...doneOrBecame(event, 'changed the conference bridge of {it}', 'has a new conference bridge'),
  };
}

/** Whatever else happens to an incident, and what PagerDuty invents after this program was written. */
export function unworded(event: PagerdutyEvent): Told {
  const { name, action, data, around } = event;
  if (event.type.split('.')[0] !== 'incident') return generic({ name, action, payload: { event: around } });
  return { ...aboutIncident(event, generic({ name, action, payload: data }).headline), tone: toneOf(action ?? '') };
}

/** What is said of all that concerns one incident. */
export function aboutIncident(event: PagerdutyEvent, headline: string): Told & { readonly thread: string | null } {
  const { id, ...about } = incidentOf(event);
  return { headline, noun: 'incident', ...about, thread: id && `incident ${id}` };
}

/** By whom, if it was a person, else what became of the incident. */
export function doneOrBecame(event: PagerdutyEvent, did: string, became: string): Pick<Told, 'did' | 'became'> {
  return agentOf(event) === null ? { became } : { did };
}
