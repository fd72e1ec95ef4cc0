import { list, read, textOrNull } from '../../../shared/payload.ts';
import { asWords, firstText, idAt, worded } from '../../../telling/parts.ts';
import type { Told } from '../../../telling/told.ts';
import type { PagerdutyEvent } from '../envelope.ts';
import { aboutIncident, doneOrBecame } from './around.ts';
import { nameAt } from './parts.ts';

/** Said in a fact each, and not more. */
const MOST_FIELDS = 3;

/** Fields that an account adds to its incidents. */
export function incidentFields(event: PagerdutyEvent): Told {
  const fields = list(event.data, 'custom_fields');
  const environment = fields.find((field) => textOrNull(field, 'name')?.toLowerCase() === 'environment');
  return {
    ...aboutIncident(event, 'Incident fields changed'),
    ...doneOrBecame(event, 'changed fields of {it}', 'has changed fields'),
    facts: changedFields(event),
    facets: { environment: environment === undefined ? null : valueOf(environment) },
  };
}

export function serviceFields(event: PagerdutyEvent): Told {
  return {
    headline: 'Service fields changed',
    ...doneOrBecame(event, 'changed fields of {it}', 'has changed fields'),
    noun: 'service',
    title: nameAt(event.data, 'service') ?? '',
    facts: changedFields(event),
  };
}

/** `environment: staging`, as it is now: the second list says how it was. */
function changedFields({ data }: PagerdutyEvent): readonly string[] {
  const changed = new Set(list(data, 'changed_custom_fields').map((field) => idAt(field, 'id')));
  return list(data, 'custom_fields')
    .filter((field) => changed.has(idAt(field, 'id')))
    .flatMap((field) => {
      const name = firstText(field, ['display_name', 'name']);
      return name === null ? [] : [`${worded(name)}: ${valueOf(field) ?? 'nothing'}`];
    })
    .slice(0, MOST_FIELDS);
}

/** Several values are enumerated. Null: there is none. */
function valueOf(field: unknown): string | null {
  const value = read(field, 'value');
  const values = (Array.isArray(value) ? value : [value]).filter(
    (one) => (typeof one === 'string' && one !== '') || typeof one === 'boolean' || Number.isFinite(one),
  );
  return values.length === 0 ? null : asWords(values.join(', '));
}
