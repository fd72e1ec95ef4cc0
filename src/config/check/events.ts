import { actionsOf, type EventCatalog, type EventEntry, entryOf } from '../../model/event-catalog.ts';
import { splitName } from '../../model/kind.ts';
import { suggest } from '../../shared/suggest.ts';
import type { Remark } from '../read/config-file.ts';
import { nearest } from './did-you-mean.ts';
import { examples, type KnownEvents, type WholeName, wholeNameIn } from './known-events.ts';
import { misplaced } from './misplaced.ts';
import { shown } from './shown.ts';
import type { WrittenEvent } from './written.ts';

/**
 * Events and actions that are misspelt. Providers invent new ones: a name that is near no known one is taken as it is, and
 * noted.
 */
export function remarksOnEvents(events: readonly WrittenEvent[], known: KnownEvents): readonly Remark[] {
  const siblings = events.map(({ type }) => type.text);
  return events.flatMap((event) => {
    if (event.type.text === '*') return [];
    const entry = entryOf(known.catalog, event.type.text);
    if (entry !== undefined) return unknownActions(event, entry, known);
    const whole = wholeNameIn(known.catalog, event.type.text);
    return whole === null ? [unknownEvent(event, siblings, known)] : unknownName(event, whole, known);
  });
}

function unknownEvent({ type, part }: WrittenEvent, siblings: readonly string[], known: KnownEvents): Remark {
  const { text, place, variable } = type;
  const correct = correctEvent(text, siblings, known.catalog);
  const name = shown(text, variable);
  return correct === undefined
    ? { place, part, message: `${name} ${later(known)}.`, kind: 'note' }
    : { place, part, message: `${name} is not ${article(known.senders)} event.${correct}` };
}

/** Undefined: it may be one that its provider invented. */
function correctEvent(type: string, siblings: readonly string[], catalog: EventCatalog): string | undefined {
  const dotted = withDots(type, catalog);
  if (dotted !== undefined) return ` Did you mean "${dotted}"?`;
  const { type: event, action } = splitName(type);
  if (action !== null && isSomeAction(catalog, action)) {
    const meant = suggest(event, Object.keys(catalog));
    if (meant !== undefined) return ` Did you mean "${meant}.${action}"?`;
    if (isSpeltAs(Object.keys(catalog), event)) return undefined;
  }
  const owner = siblings.find((sibling) => knownActions(catalog, sibling).includes(type));
  if (owner !== undefined) return ` It is an action: several go into a list, as in \`${owner}: [opened, ${type}]\`.`;
  const meant = Object.entries(catalog).find(([, { alsoCalled }]) => alsoCalled?.includes(type));
  const near = meant?.[0] ?? suggest(type, Object.keys(catalog));
  if (near !== undefined) return ` Did you mean "${near}"?`;
  if (isSpeltAs(Object.keys(catalog), type)) return undefined;
  return ` They are written as in ${examples(catalog, () => true, 1)}, and * is all of them.`;
}

/** Some providers write `repo:push` or `orders/create` for what stands here as `repo.push` and `orders.create`. */
function withDots(name: string, catalog: EventCatalog): string | undefined {
  const whole = wholeNameIn(catalog, name.replace(/[:/](?=[^:/]*$)/, '.'));
  if (whole === null) return undefined;
  const { type, action, entry } = whole;
  return `${type}.${nearest(action, actionsOf(entry) ?? []) ?? action}`;
}

/** An event that a rule names whole, `invoice.payment_failed`: what follows is no place for another action. */
function unknownName(
  { type: { place, variable }, part, placeOf, textsOf }: WrittenEvent,
  { type, action, entry }: WholeName,
  known: KnownEvents,
): readonly Remark[] {
  const [again] = textsOf('types');
  if (again !== undefined) {
    const message = `types is for an event's type, and "${type}.${action}" names its action already: write \`${type}: [${action}, …]\`, or leave types out.`;
    return [{ place: placeOf('types'), message, part: 'key' }];
  }
  const actions = actionsOf(entry);
  if (actions === null || actions.includes(action)) return [];
  const problem =
    (variable === undefined ? misplaced(type, entry, action) : undefined) ?? actionProblem(type, action, entry);
  const name = shown(action, variable);
  return problem === undefined
    ? [{ place, part, message: `${name}, of ${type}, ${later(known)}. Known: ${actions.join(', ')}.`, kind: 'note' }]
    : [{ place, part, message: `${name} ${problem}` }];
}

function unknownActions(
  { type: { text: type }, textsOf }: WrittenEvent,
  entry: EventEntry,
  known: KnownEvents,
): readonly Remark[] {
  const actions = actionsOf(entry);
  if (actions === null) return [];
  const unknown = textsOf('types').filter(({ text }) => text !== '' && !actions.includes(text));
  return unknown.map(({ text, place, variable }) => {
    const meant = variable === undefined ? misplaced(type, entry, text) : undefined;
    const problem = meant ?? actionProblem(type, text, entry);
    const name = shown(text, variable);
    return problem === undefined
      ? { place, message: `${name}, of ${type}, ${later(known)}. Known: ${actions.join(', ')}.`, kind: 'note' }
      : { place, message: `${name} ${problem}` };
  });
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
