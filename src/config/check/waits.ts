import { asksWhatSettles } from '../../route/condition/condition-fields.ts';
import type { Remark } from '../read/config-file.ts';
import type { Rows } from '../rows.ts';
import type { Named, WrittenFile, WrittenRule } from './written.ts';

/** What a rule waits for, or leaves out, that can never be. `destinations`: the names of all. */
export function remarksOnWaits(
  rule: WrittenRule,
  written: WrittenFile,
  destinations: readonly string[],
  rows: Rows,
): readonly Remark[] {
  return [...emptyWait(rule), ...nobodysOwn(rule, written, destinations, rows)];
}

function emptyWait({ place, given, ignore, on, if: conditions }: WrittenRule): readonly Remark[] {
  const waits =
    ignore.some(({ text }) => text === 'drafts') ||
    on.some(({ filter }) => 'labels' in filter) ||
    conditions.some(({ text }) => asksWhatSettles(text));
  if (given['settle'] === undefined || waits) return [];
  const message =
    'settle has nothing to wait for: it is for a labels filter, `ignore: drafts` or an `if:` about them. Add one, or leave settle out.';
  return [{ place: [...place, 'settle'], message, part: 'key' }];
}

function nobodysOwn(
  { ignore, given, to: told }: WrittenRule,
  { people, destinations: all }: WrittenFile,
  destinations: readonly string[],
  rows: Rows,
): readonly Remark[] {
  const own = ignore.find(({ text }) => text === 'own');
  if (own === undefined) return [];
  const to = given['to'] === undefined ? destinations : told.map(({ text }) => text);
  const readers = new Set(to.map((name) => readerOf(all.find((each) => each.name === name)?.given ?? {}, rows)));
  // Some destination that the rule tells belongs to somebody, as in `directoryOf`.
  const isSomebodys = people.some(
    ({ destination, ids }) =>
      to.some((name) => name === destination?.text) || ids.some((id) => typeof id === 'string' && readers.has(id)),
  );
  if (isSomebodys) return [];
  const example = told[0]?.text ?? destinations[0] ?? 'mona';
  const message = `none of this rule's destinations belongs to a person, so nothing is their own. Say whose it is, as in \`people: { mona: { destination: ${example} } }\`, or leave out own.`;
  return [{ place: own.place, message }];
}

/** The id of the person who alone reads a destination, as written. */
function readerOf(given: Named['given'], { channels }: Rows): string | null {
  return channels.get(String(given['type']))?.readerOf(given) ?? null;
}
