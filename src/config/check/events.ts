import { actionsOf, type EventCatalog, type EventEntry, entryOf } from '../../model/event-catalog.ts';
import { splitName } from '../../model/kind.ts';
import { suggest } from '../../shared/suggest.ts';
import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { nearest, shown } from './did-you-mean.ts';
import { examples, type KnownEvents } from './known-events.ts';
import { misplaced } from './misplaced.ts';
import { eventsAt, type WrittenEvent } from './written.ts';

/**
 * Reports events and actions that are misspelt. Providers invent new ones: a name that is near no known one is taken as it
 * is, and noted.
 */
export function checkEvents(file: ConfigFile, rule: Path, known: KnownEvents): void {
  const events = eventsAt(file, rule);
  const siblings = events.map(({ type }) => type);
  for (const event of events) {
    if (event.type === '*') continue;
    const entry = entryOf(known.catalog, event.type);
    if (entry === undefined) checkUnknown(file, event, siblings, known);
    else checkActions(file, event, entry, known);
  }
}

function checkUnknown(file: ConfigFile, event: WrittenEvent, siblings: readonly string[], known: KnownEvents): void {
  const { type, place, part } = event;
  const correct = correctEvent(type, siblings, known.catalog);
  const name = shown(file, place, type);
  if (correct === undefined) file.note(place, `${name} ${later(known)}.`, part);
  else file.report(place, `${name} is not ${article(known.senders)} event.${correct}`, part);
}

/** Undefined: it may be one that its provider invented. */
function correctEvent(type: string, siblings: readonly string[], catalog: EventCatalog): string | undefined {
  const { type: event, action } = splitName(type);
  if (action !== null && (entryOf(catalog, event) || isSomeAction(catalog, action))) {
    const meant = entryOf(catalog, event) ? event : (suggest(event, Object.keys(catalog)) ?? event);
    return ` Write the action apart: \`${meant}: [${action}]\`.`;
  }
  const owner = siblings.find((sibling) => knownActions(catalog, sibling).includes(type));
  if (owner !== undefined) return ` It is an action: several go into a list, as in \`${owner}: [opened, ${type}]\`.`;
  const meant = Object.entries(catalog).find(([, { alsoCalled }]) => alsoCalled?.includes(type));
  const near = meant?.[0] ?? suggest(type, Object.keys(catalog));
  if (near !== undefined) return ` Did you mean "${near}"?`;
  if (isSpeltAs(Object.keys(catalog), type)) return undefined;
  return ` They are written as in ${examples(catalog, () => true, 1)}, and * is all of them.`;
}

function checkActions(file: ConfigFile, event: WrittenEvent, entry: EventEntry, known: KnownEvents): void {
  const actions = actionsOf(entry);
  if (actions === null) return;
  for (const { text, place } of event.textsOf('types')) {
    if (text === '' || actions.includes(text)) continue;
    const meant = file.variableAt(place) === undefined ? misplaced(event.type, entry, text) : undefined;
    const problem = meant ?? actionProblem(event.type, text, entry);
    const name = shown(file, place, text);
    if (problem !== undefined) file.report(place, `${name} ${problem}`);
    else file.note(place, `${name}, of ${event.type}, ${later(known)}. Known: ${actions.join(', ')}.`);
  }
}

/** Undefined: it may be one that its provider invented. */
function actionProblem(type: string, text: string, entry: EventEntry): string | undefined {
  const known = actionsOf(entry) ?? [];
  if (known.length === 0) return `is no action: ${type} has none. Write \`${type}:\` alone${branchHint(type, entry)}.`;
  const near = nearest(text, known);
  if (near !== undefined) return `is not an action of ${type}. Did you mean "${near}"?`;
  return isSpeltAs(known, text) ? undefined : `is not an action of ${type}. Known: ${known.join(', ')}.`;
}

function branchHint(type: string, { facets }: EventEntry): string {
  return facets.includes('branch') ? `, or \`${type}: { branches: … }\` for a branch` : '';
}

function knownActions(catalog: EventCatalog, type: string): readonly string[] {
  const entry = entryOf(catalog, type);
  return (entry && actionsOf(entry)) ?? [];
}

function isSomeAction(catalog: EventCatalog, action: string): boolean {
  return Object.values(catalog).some(({ actions }) => Object.hasOwn(actions, action));
}

/** Capitals, dots and other signs stand in a name only where known ones have them. */
function isSpeltAs(known: readonly string[], name: string): boolean {
  const signs = new Set(known.join(''));
  return /^[a-z]/i.test(name) && Array.from(name).every((sign) => /[a-z0-9_]/.test(sign) || signs.has(sign));
}

function later({ senders }: KnownEvents): string {
  return `is not known to this version: when ${senders} sends it, it is told in general words`;
}

/** `a GitHub`, `an Acme` */
function article(name: string): string {
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}
