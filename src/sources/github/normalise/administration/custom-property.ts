import { isTrue, list, type Payload, read, text, textOrNull } from '../../../../shared/payload.ts';
import { counted, enumerated, spaced } from '../../../../text/words.ts';
import { fromTo, valueText } from '../changes.ts';
import { type FamilyOutput, skip } from '../family.ts';
import { orgPage, settingsPage } from '../places.ts';
import { told, wordsFor, wordTable } from '../words.ts';

const DEFINITION = wordTable({
  created: ['Custom property created', 'created {it}'],
  updated: ['Custom property changed', 'changed {it}'],
  deleted: ['Custom property deleted', 'deleted {it}'],
  promote_to_enterprise: ['Custom property promoted', 'promoted {it} to the enterprise'],
});
const VALUES = wordTable({ updated: ['Custom properties changed', 'changed custom properties of {repo}'] });

/** What an organisation lets its repositories say of themselves. */
export function customProperty(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const name = text(payload, 'definition.property_name');
  const type = textOrNull(payload, 'definition.value_type');
  const values = list(payload, 'definition.allowed_values').length;
  return {
    ...told(action, wordsFor(action, DEFINITION, 'custom property')),
    subject: { noun: 'custom property', handle: name, title: name, url: orgPage(payload, 'custom-properties') },
    facts: [
      type === 'true_false' ? 'true or false' : type === null ? null : spaced(type),
      values === 0 ? null : counted(values, 'value'),
      isTrue(payload, 'definition.required') ? 'required' : null,
    ],
  };
}

/** Told as `team: none → platform`; GitHub repeats those that stayed the same. */
export function customPropertyValues(payload: Payload): FamilyOutput {
  const action = text(payload, 'action');
  const before = valuesIn(payload, 'old_property_values');
  const now = valuesIn(payload, 'new_property_values');
  const changes = [...new Set([...before.keys(), ...now.keys()])]
    .map((name) => [name, fromTo(before.get(name), now.get(name))] as const)
    .filter(([, change]) => change !== null)
    .map(([name, change]) => `${name}: ${change}`);
  if (action === 'updated' && changes.length === 0)
    return skip('custom_property_values.updated: every value is as it was');
  return {
    ...told(action, wordsFor(action, VALUES, 'custom properties')),
    subject: {
      noun: 'custom properties',
      handle: null,
      title: enumerated(changes) ?? textOrNull(payload, 'repository.full_name') ?? '',
      url: settingsPage(payload, 'custom-properties'),
    },
  };
}

function valuesIn(payload: Payload, path: string): ReadonlyMap<string, unknown> {
  return new Map(list(payload, path).map((one) => [valueText(read(one, 'property_name')), read(one, 'value')]));
}
