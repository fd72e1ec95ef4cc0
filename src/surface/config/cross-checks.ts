import { suggest } from '../../shared/suggest.ts';
import type { ConfigFile } from './config-file.ts';
import { commaSeparated } from './environment.ts';
import { didYouMean, shown, valueAt } from './explain-issue.ts';
import { eventsOf } from './file-schema.ts';
import { GITHUB_EVENTS } from './github-events.ts';
import { list, mapping } from './plain-data.ts';
import { nameOfRule } from './rule-of.ts';
import { checkSlack } from './slack-checks.ts';
import type { Path } from './yaml-map.ts';

/**
 * Reports what one value says about another, judged on the data as written: so that it is found in the same run as
 * whatever is wrong with the shape. `destinations` are the names there are when the file names none. `any` events: the
 * sources may tell what GitHub does not know.
 */
export function crossCheck(
  file: ConfigFile,
  destinations: readonly string[],
  events: 'github' | 'any' = 'github',
): void {
  const named = Object.keys(mapping(valueAt(file.data, ['destinations'])));
  checkNames(file, 'sources');
  checkNames(file, 'destinations');
  checkReserved(file);
  checkSecrets(file);
  checkSlack(file);
  const rules = list(valueAt(file.data, ['rules']));
  checkRuleNames(file, rules);
  for (const [index, rule] of rules.entries()) {
    if (events === 'github') checkEvents(file, mapping(rule)['on'], ['rules', index, 'on']);
    checkAddress(file, mapping(rule)['to'], ['rules', index, 'to'], named.length > 0 ? named : destinations);
  }
}

/** A source's name is part of its address, a destination's is a metric label and a lane. */
function checkNames(file: ConfigFile, section: 'sources' | 'destinations'): void {
  for (const name of Object.keys(mapping(valueAt(file.data, [section])))) {
    if (/^[a-z0-9][a-z0-9_-]{0,63}$/i.test(name)) continue;
    const message = `"${name}" cannot be a name: use up to 64 letters, digits, - and _, a letter or digit first.`;
    file.report([section, name], message, 'key');
  }
}

/** A destination's name is the name of its lane, and this lane is the one that decides about events. */
function checkReserved(file: ConfigFile): void {
  if (!Object.hasOwn(mapping(valueAt(file.data, ['destinations'])), 'expand')) return;
  const message = '"expand" is the name of a lane that Tidings keeps for itself: call this destination something else.';
  file.report(['destinations', 'expand'], message, 'key');
}

/** A variable that holds commas alone is no secret. */
function checkSecrets(file: ConfigFile): void {
  for (const [name, source] of Object.entries(mapping(valueAt(file.data, ['sources'])))) {
    const secrets = mapping(source)['secrets'];
    const path = ['sources', name, 'secrets'];
    for (const [index, secret] of textsOf(secrets).entries()) {
      const place = typeof secrets === 'string' ? path : [...path, index];
      const variable = file.variableAt(place);
      if (variable === undefined || typeof secret !== 'string' || commaSeparated(secret).length > 0) continue;
      file.report(place, `the environment variable ${variable} holds no secret.`);
    }
  }
}

function checkRuleNames(file: ConfigFile, rules: readonly unknown[]): void {
  const names = new Set<string>();
  for (const [index, rule] of rules.entries()) {
    const name = mapping(rule)['name'] ?? nameOfRule(index);
    if (typeof name !== 'string') continue;
    const path = ['rules', index, 'name'];
    if (names.has(name)) {
      file.report(path, `${shown(file, path, name)} is the name of an earlier rule: give each its own.`);
    }
    names.add(name);
  }
}

function checkEvents(file: ConfigFile, on: unknown, path: Path): void {
  for (const [index, [type, filter]] of Object.entries(mapping(eventsOf(on))).entries()) {
    const place = Array.isArray(on) ? [...path, index] : typeof on === 'string' ? path : [...path, type];
    const known = GITHUB_EVENTS.get(type);
    if (known === undefined) {
      const part = typeof on === 'string' ? 'value' : 'key';
      file.report(place, `${shown(file, place, type)} is not a GitHub event.${correctEvent(type)}`, part);
    } else if (known !== null) {
      checkActions(file, { type, known }, mapping(filter)['types'], place);
    }
  }
}

function correctEvent(type: string): string {
  const [event = '', action = ''] = type.split('.');
  if (GITHUB_EVENTS.has(event) && action !== '') return ` Write the action apart: \`${event}: [${action}]\`.`;
  const near = suggest(type, GITHUB_EVENTS.keys());
  return near === undefined ? '' : ` Did you mean "${near}"?`;
}

function checkActions(
  file: ConfigFile,
  { type, known }: { readonly type: string; readonly known: readonly string[] },
  types: unknown,
  place: Path,
): void {
  const filter = valueAt(file.data, place);
  const path = Object.hasOwn(mapping(filter), 'types') ? [...place, 'types'] : place;
  for (const [index, action] of textsOf(types).entries()) {
    if (typeof action !== 'string' || action === '' || known.includes(action)) continue;
    const where = typeof types === 'string' ? path : [...path, index];
    const message =
      known.length === 0
        ? `${type} has no actions: write \`${type}:\` alone.`
        : `${shown(file, where, action)} is not an action of ${type}.${didYouMean(action, known)}`;
    file.report(where, message);
  }
}

function checkAddress(file: ConfigFile, to: unknown, path: Path, known: readonly string[]): void {
  for (const [index, name] of textsOf(to).entries()) {
    if (typeof name !== 'string' || known.includes(name)) continue;
    const place = typeof to === 'string' ? path : [...path, index];
    file.report(place, `no destination is named ${shown(file, place, name)}.${didYouMean(name, known)}`);
  }
}

/** One text counts as a list of one, here as in the schema. */
function textsOf(value: unknown): readonly unknown[] {
  return typeof value === 'string' ? [value] : list(value);
}
