import { checkConditions } from './checks/conditions.ts';
import { checkEvents } from './checks/events.ts';
import { checkFilters } from './checks/filters.ts';
import { checkMentions } from './checks/mentions.ts';
import { checkNames } from './checks/names.ts';
import { checkPeople } from './checks/people.ts';
import { checkSecrets } from './checks/secrets.ts';
import { checkSlack } from './checks/slack.ts';
import { checkTest } from './checks/tests.ts';
import { checkWaits } from './checks/waits.ts';
import { itemsOf, namesIn, textsAt } from './checks/written.ts';
import type { ConfigFile } from './config-file.ts';
import { didYouMean, shown } from './did-you-mean.ts';
import type { Path } from './yaml-map.ts';

/**
 * Reports what one value says about another, judged on the data as written: so that it is found in the same run as
 * whatever is wrong with the shape. `destinations` are the names there are when the file names none. `any` events: the
 * sources may tell what GitHub does not know.
 */
export async function crossCheck(
  file: ConfigFile,
  destinations: readonly string[],
  events: 'github' | 'any' = 'github',
): Promise<void> {
  const named = namesIn(file, 'destinations');
  const known = named.length > 0 ? named : destinations;
  checkNames(file);
  checkSecrets(file);
  checkSlack(file);
  checkPeople(file, known);
  for (const { path } of itemsOf(file, 'rules')) {
    if (events === 'github') checkEvents(file, path);
    checkFilters(file, path);
    checkMentions(file, path);
    checkWaits(file, path, known);
    checkAddress(file, [...path, 'to'], known);
  }
  await checkConditions(file);
  for (const { path } of itemsOf(file, 'tests')) {
    checkTest(file, path);
    checkAddress(file, [...path, 'expect'], known);
  }
}

function checkAddress(file: ConfigFile, path: Path, known: readonly string[]): void {
  for (const { text, place } of textsAt(file, path)) {
    if (known.includes(text)) continue;
    file.report(place, `no destination is named ${shown(file, place, text)}.${didYouMean(text, known)}`);
  }
}
