import { suggest } from '../../../shared/suggest.ts';
import type { ConfigFile } from '../config-file.ts';
import { nearest, shown } from '../did-you-mean.ts';
import { GITHUB_EVENTS } from '../github-events.ts';
import type { Path } from '../yaml-map.ts';
import { misplaced } from './misplaced.ts';
import { eventsAt, type WrittenEvent } from './written.ts';

/** How GitHub writes events and actions. */
const NAME = /^[a-z][a-z0-9_]*$/;
const LATER = 'is not known to this version: when GitHub sends it, it is told in general words';

/**
 * Reports events and actions that are misspelt. GitHub invents new ones: a name that is near no known one is taken as it
 * is, and noted.
 */
export function checkEvents(file: ConfigFile, rule: Path): void {
  for (const event of eventsAt(file, rule)) {
    if (event.type === '*') continue;
    const known = GITHUB_EVENTS.get(event.type);
    if (known === undefined) checkUnknown(file, event);
    else if (known !== null) checkActions(file, event, known);
  }
}

function checkUnknown(file: ConfigFile, { type, place, part }: WrittenEvent): void {
  const correct = correctEvent(type);
  const name = shown(file, place, type);
  if (correct === undefined) file.note(place, `${name} ${LATER}.`, part);
  else file.report(place, `${name} is not a GitHub event.${correct}`, part);
}

/** Undefined: it may be one that GitHub invented. */
function correctEvent(type: string): string | undefined {
  const [event = '', action = ''] = type.split('.');
  if (GITHUB_EVENTS.has(event) && action !== '') return ` Write the action apart: \`${event}: [${action}]\`.`;
  const near = suggest(type, GITHUB_EVENTS.keys());
  if (near !== undefined) return ` Did you mean "${near}"?`;
  return NAME.test(type) ? undefined : ' They are written as in pull_request, and * is all of them.';
}

function checkActions(file: ConfigFile, event: WrittenEvent, known: readonly string[]): void {
  for (const { text, place } of event.textsOf('types')) {
    if (text === '' || known.includes(text)) continue;
    const problem = actionProblem(event.type, text, known);
    const name = shown(file, place, text);
    if (problem !== undefined) file.report(place, `${name} ${problem}`);
    else file.note(place, `${name}, of ${event.type}, ${LATER}. Known: ${known.join(', ')}.`);
  }
}

/** Undefined: it may be one that GitHub invented. */
function actionProblem(type: string, text: string, known: readonly string[]): string | undefined {
  const meant = misplaced(type, text);
  if (meant !== undefined) return meant;
  if (known.length === 0) return `is no action: ${type} has none. Write \`${type}:\` alone${branchHint(type)}.`;
  const near = nearest(text, known);
  if (near !== undefined) return `is not an action of ${type}. Did you mean "${near}"?`;
  return NAME.test(text) ? undefined : `is not an action of ${type}. Known: ${known.join(', ')}.`;
}

function branchHint(type: string): string {
  return type === 'push' ? ', or `push: { branches: … }` for a branch' : '';
}
