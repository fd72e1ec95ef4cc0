import type { Report, Written } from '../../model/plugin/plugin.ts';
import { INPUT, MOST_INPUTS } from './shapes.ts';

/** What keys say of each other, and inputs that are wrong, each told at its place. CEL is loaded only where there are some. */
export async function checkKeys({ event_type: type, workflow, ref, inputs }: Written, report: Report): Promise<void> {
  if (workflow === undefined) {
    if (ref !== undefined)
      report('ref', 'ref says nothing without workflow: a repository_dispatch runs on the default branch.', 'key');
    if (inputs !== undefined)
      report('inputs', 'inputs say nothing without workflow: a repository_dispatch brings the whole activity.', 'key');
  } else if (type !== undefined) {
    report('event_type', 'event_type says nothing beside workflow: leave one of the two out.', 'key');
  }
  if (typeof inputs === 'object' && inputs !== null) await checkInputs(inputs, report);
}

async function checkInputs(inputs: object, report: Report): Promise<void> {
  const names = Object.keys(inputs);
  if (names.length > MOST_INPUTS)
    report('inputs', `inputs are ${names.length}, and GitHub takes ${MOST_INPUTS} at most.`, 'key');
  const { compileRow } = await import('../../route/column/column.ts');
  for (const [name, text] of Object.entries(inputs).slice(0, MOST_INPUTS)) {
    if (!new RegExp(INPUT).test(name)) {
      const shown = JSON.stringify(name.slice(0, 80));
      report(['inputs', name], `${shown} is no name of an input: letters, digits, - and _.`, 'key');
    }
    if (typeof text !== 'string' || text.trim() === '') continue;
    const compiled = compileRow({ [name]: text });
    if (compiled.ok) continue;
    const { message, start, end } = compiled;
    report(['inputs', name], /^(?:is|has|may|must) /.test(message) ? `${name} ${message}` : message, { start, end });
  }
}
