import { asksWhatSettles } from '../../route/condition/condition-fields.ts';
import type { Path } from '../place/yaml-map.ts';
import type { ConfigFile } from '../read/config-file.ts';
import { mapping, valueAt } from '../read/plain-data.ts';
import type { Rows } from '../rows.ts';
import { eventsAt, namesIn, textsAt } from './written.ts';

/** Reports what a rule waits for, or leaves out, that can never be. */
export function checkWaits(file: ConfigFile, rule: Path, destinations: readonly string[], rows: Rows): void {
  const ignored = textsAt(file, [...rule, 'ignore']);
  const waits =
    ignored.some(({ text }) => text === 'drafts') ||
    eventsAt(file, rule).some(({ filter }) => 'labels' in filter) ||
    textsAt(file, [...rule, 'if']).some(({ text }) => asksWhatSettles(text));
  if (valueAt(file.data, [...rule, 'settle']) !== undefined && !waits) {
    const message =
      'settle has nothing to wait for: it is for a labels filter, `ignore: drafts` or an `if:` about them. Add one, or leave settle out.';
    file.report([...rule, 'settle'], message, 'key');
  }
  const own = ignored.find(({ text }) => text === 'own');
  if (own === undefined || isSomebodys(file, rule, destinations, rows)) return;
  const example = textsAt(file, [...rule, 'to'])[0]?.text ?? destinations[0] ?? 'mona';
  const message = `none of this rule's destinations belongs to a person, so nothing is their own. Say whose it is, as in \`people: { mona: { destination: ${example} } }\`, or leave out own.`;
  file.report(own.place, message);
}

/** Some destination that the rule tells belongs to somebody, as in `directoryOf`. */
function isSomebodys(file: ConfigFile, rule: Path, destinations: readonly string[], rows: Rows): boolean {
  const to =
    valueAt(file.data, [...rule, 'to']) === undefined
      ? destinations
      : textsAt(file, [...rule, 'to']).map(({ text }) => text);
  return namesIn(file, 'people').some((login) => {
    const given = valueAt(file.data, ['people', login]);
    const { destination, ...ids } = mapping(given);
    const known = typeof given === 'string' ? [given] : Object.values(ids);
    const isTheirs = (id: string | null) => id !== null && known.includes(id);
    return to.some((name) => name === destination || isTheirs(readerOf(file, name, rows)));
  });
}

/** The id of the person who alone reads a destination, as written. */
function readerOf(file: ConfigFile, name: string, { channels }: Rows): string | null {
  const given = mapping(valueAt(file.data, ['destinations', name]));
  return channels.get(String(given['type']))?.readerOf(given) ?? null;
}
