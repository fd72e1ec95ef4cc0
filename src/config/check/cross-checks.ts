import type { Catalog } from '../../model/plugin/catalog.ts';
import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import type { Rows } from '../rows.ts';
import { checkConditions } from './conditions.ts';
import { didYouMean, shown } from './did-you-mean.ts';
import { checkEvents } from './events.ts';
import { eventsFor } from './events-for.ts';
import { checkFilters } from './filters.ts';
import { checkLists } from './lists.ts';
import { checkMentions } from './mentions.ts';
import { checkNames } from './names.ts';
import { checkPeople } from './people.ts';
import { checkRows } from './rows.ts';
import { checkSecrets } from './secrets.ts';
import { type CheckSample, checkTest } from './tests.ts';
import { checkWaits } from './waits.ts';
import { itemsOf, namesIn, textsAt } from './written.ts';

interface Given {
  readonly rows: Rows;
  /** What sources may be called when the file names none. */
  readonly sources: readonly string[];
  /** What destinations may be called when the file names none. */
  readonly destinations: readonly string[];
  /** The same in tests. */
  readonly expected: readonly string[];
  readonly checkSample?: CheckSample | undefined;
  readonly catalog: Catalog;
  /** `any`: sources and destinations are made in code, and may send and be what nobody lists. */
  readonly names: 'known' | 'any';
}

/**
 * Reports what one value says about another, judged on the data as written: so that it is found in the same run as
 * whatever is wrong with the shape.
 */
export async function crossCheck(file: ConfigFile, given: Given): Promise<void> {
  const { catalog, rows, sources, destinations, expected, checkSample, names } = given;
  const named = namesIn(file, 'destinations');
  const known = named.length > 0 ? named : destinations;
  const received = namesIn(file, 'sources');
  checkNames(file);
  checkSecrets(file);
  if (names === 'known') checkRows(file, rows);
  checkPeople(file, known);
  for (const { path } of itemsOf(file, 'rules')) {
    const events = await eventsFor(file, path, catalog);
    if (events !== null && names === 'known') checkEvents(file, path, events);
    checkFilters(file, path, events?.catalog ?? {});
    checkMentions(file, path);
    checkWaits(file, path, known, rows);
    checkAddress(file, [...path, 'to'], known, rows);
    checkSources(file, [...path, 'sources'], received.length > 0 ? received : sources);
  }
  await checkConditions(file);
  for (const { path } of itemsOf(file, 'tests')) {
    checkTest(file, path, checkSample);
    checkAddress(file, [...path, 'expect'], named.length > 0 ? named : expected, rows);
  }
}

/** Before all others: what they would say of these places is not the point. */
export function checkCauses(file: ConfigFile): void {
  for (const { path } of itemsOf(file, 'rules')) checkLists(file, path);
}

function checkAddress(file: ConfigFile, path: Path, known: readonly string[], rows: Rows): void {
  for (const { text, place } of textsAt(file, path)) {
    if (known.includes(text)) continue;
    const meant = file.variableAt(place) === undefined ? hint(file, text, known, rows) : didYouMean(text, known);
    file.report(place, `no destination is named ${shown(file, place, text)}.${meant}`);
  }
}

/** A pattern may be about sources that come later; a name is meant to be there. */
function checkSources(file: ConfigFile, path: Path, known: readonly string[]): void {
  for (const { text, place } of textsAt(file, path)) {
    const name = text.replace(/^!/, '');
    if (/[*?[{\\]/.test(name) || name === '' || known.includes(name)) continue;
    file.report(place, `no source is named ${shown(file, place, name)}.${didYouMean(name, known)}`);
  }
}

function hint(file: ConfigFile, name: string, known: readonly string[], { channels }: Rows): string {
  if (/^(?:nobody|none|nothing|null)$/i.test(name)) return ' Nobody is written [].';
  if (name.startsWith('#')) {
    const { schema } = [...channels.values()].find(({ schema }) => schema.forChannel) ?? {};
    if (schema?.forChannel)
      return ` A rule names a destination, and that has the channel: \`destinations: { ${name.slice(1)}: ${schema.forChannel(name)} }\`.`;
  }
  const { title, variable = null } = channels.get(name) ?? {};
  if (variable !== null && namesIn(file, 'destinations').length === 0) {
    return ` ${title} is not connected: set ${variable}, or leave \`to\` out for whatever is.`;
  }
  return didYouMean(name, known);
}
