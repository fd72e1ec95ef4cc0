import type { Tone } from '../../../model/activity.ts';
import { generic } from '../../../telling/generic.ts';
import { incidentResult, severityOf } from '../../../telling/incident.ts';
import { asWords } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import { field } from '../fields.ts';
import type { DatadogEvent } from './event.ts';
import { toneByType } from './monitor.ts';

const STATUS: Readonly<Record<string, readonly [tone: Tone, became: string]>> = {
  active: ['bad', 'is active'],
  stable: ['waiting', 'is stable'],
  resolved: ['good', 'is resolved'],
  completed: ['good', 'is resolved'],
};

/** As rules name it: `active`, `stable`, `resolved`. */
export function incidentStatus({ fields }: DatadogEvent): string | null {
  const status =
    field(fields, ['incidentstatus'])
      ?.toLowerCase()
      .replace(/[^a-z]+/g, '_') ?? null;
  return status === null || status.length > 40 || status === '_' ? null : status;
}

/** An incident that people declared. */
export function incident(event: DatadogEvent): Told {
  const { fields } = event;
  const status = incidentStatus(event);
  const known = Object.hasOwn(STATUS, status ?? '') ? STATUS[status ?? ''] : undefined;
  const [tone, became]: readonly [Tone, string | null] = known ?? ['neutral', null];
  const number = field(fields, ['incidentpublicid']);
  const severity = field(fields, ['incidentseverity']);
  const isOver = tone === 'good';
  const thread = number === null ? null : `incident ${number}`;
  const result =
    thread === null || known === undefined
      ? null
      : incidentResult(isOver ? 'resolved' : 'triggered', 'incident', thread, `${event.id} ${status}`);
  return {
    headline: status === null ? 'Incident' : `Incident ${asWords(status.replaceAll('_', ' '))}`,
    tone,
    became,
    noun: 'incident',
    handle: number === null ? null : `#${number.replace(/^#/, '')}`,
    title: field(fields, ['incidenttitle']) ?? event.title,
    facts: [severity],
    facets: { severity: isOver ? null : severityOf(severity) },
    result: result && { ...result, headlines: {}, becomes: {} },
    thread,
  };
}

/** Whatever else a template tells. */
export function other(event: DatadogEvent): Told {
  const { fields, title } = event;
  const told = generic({ name: 'Datadog event', action: null, payload: Object.fromEntries(fields), noun: 'event' });
  return {
    ...told,
    headline: 'Event',
    tone: toneByType(fields),
    handle: null,
    title: title === '' ? told.title : title,
    facets: { severity: severityOf(event.priority) ?? severityOf(field(fields, ['severity', 'alertseverity'])) },
  };
}
