import type { Person, Place } from '../../../model/activity.ts';
import { list, type Payload, read, textOrNull } from '../../../shared/payload.ts';
import { page } from '../../../telling/page.ts';
import { firstText, idAt, person } from '../../../telling/parts.ts';
import type { PagerdutyEvent } from '../envelope.ts';

/** Whose account it is, payloads say by their links alone. */
const HOME = 'https://app.pagerduty.com';

/** The incident that an event is about, as far as it says: what is not an incident names one, by a title alone. */
export interface Incident {
  readonly id: string | null;
  /** `#12` */
  readonly handle: string | null;
  readonly title: string;
  readonly url: string | null;
}

export function incidentOf({ type, data }: Pick<PagerdutyEvent, 'type' | 'data'>): Incident {
  const named = read(data, 'incident');
  const isItself = type === 'incident' || textOrNull(data, 'type') === 'incident';
  const about = named === undefined && isItself ? data : named;
  const number = idAt(about, 'number') ?? idAt(about, 'incident_number');
  return {
    id: idAt(about, 'id'),
    handle: number === null ? null : `#${number}`,
    // The second generation writes the number into the summary.
    title: firstText(about, ['title', 'summary', 'description'])?.replace(/^\[#\d+\]\s*/, '') ?? '',
    url: page(textOrNull(about, 'html_url')),
  };
}

/** What people call a service, a person or a policy: a reference says it in its summary. */
export function nameAt(object: unknown, path: string): string | null {
  return firstText(object, [`${path}.summary`, `${path}.name`]);
}

/** Null: no person did it, but an integration, a workflow or PagerDuty itself. Nobody is named then. */
export function agentOf({ agent }: Pick<PagerdutyEvent, 'agent'>): Person | null {
  const isPerson = textOrNull(agent, 'type')?.startsWith('user') === true;
  return isPerson ? person(firstText(agent, ['summary', 'name']), { url: page(textOrNull(agent, 'html_url')) }) : null;
}

/** Those who have it now. */
export function assigneesOf({ data }: Pick<PagerdutyEvent, 'data'>): readonly { id: string | null; name: string }[] {
  const people = [
    ...list(data, 'assignees'),
    ...list(data, 'assignments').map((assignment) => read(assignment, 'assignee')),
  ];
  return people.flatMap((one) => {
    const name = firstText(one, ['summary', 'name']);
    return name === null ? [] : [{ id: idAt(one, 'id'), name }];
  });
}

/** The service; where an event does not say it, the account. */
export function placeOf({ type, data }: Pick<PagerdutyEvent, 'type' | 'data'>): Place {
  const path = nameAt(data, 'service') === null ? 'incident.service' : 'service';
  const name = type === 'service' ? null : nameAt(data, path);
  if (name !== null) return { name, url: page(textOrNull(data, `${path}.html_url`)) ?? homeOf(data) };
  return { name: 'PagerDuty', url: homeOf(data) };
}

/** `https://acme.pagerduty.com`, by whatever the event links to. */
function homeOf(data: Payload): string {
  const links = ['html_url', 'incident.html_url', 'service.html_url', 'user.html_url'];
  const url = links.map((path) => page(textOrNull(data, path))).find((found) => found !== null);
  return url ? new URL(url).origin : HOME;
}
