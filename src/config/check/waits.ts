import { asksWhatSettles } from '../../route/condition/condition-fields.ts';
import type { Remark } from '../read/config-file.ts';
import type { Rows } from '../rows/rows.ts';
import { readerOf, toldBy } from './told.ts';
import type { WrittenFile, WrittenRule } from './written.ts';

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
  if (given['settle'] === undefined || given['settle'] === 'never' || waits) return [];
  const message =
    'settle has nothing to wait for: it is for a labels filter, `ignore: drafts` or an `if:` about them. Add one, or leave settle out.';
  return [{ place: [...place, 'settle'], message, part: 'key' }];
}

function nobodysOwn(
  rule: WrittenRule,
  written: WrittenFile,
  destinations: readonly string[],
  rows: Rows,
): readonly Remark[] {
  const own = rule.ignore.find(({ text }) => text === 'own');
  // The defaults are for rules that tell somebody, and for others.
  if (own === undefined || rule.given['ignore'] === undefined) return [];
  const to = toldBy(rule, destinations);
  // People are never told what they did.
  if (to.some((name) => name.startsWith('@'))) return [];
  const readers = new Set(to.map((name) => readerOf(name, written, rows)));
  // Some destination that the rule tells belongs to somebody, as in `directoryOf`.
  const isSomebodys = written.people.some(
    ({ destination, ids }) =>
      to.some((name) => name === destination?.text) || ids.some((id) => typeof id === 'string' && readers.has(id)),
  );
  if (isSomebodys) return [];
  const example = to[0] ?? 'mona';
  const message = `none of this rule's destinations belongs to a person, so nothing is their own. Say whose it is, as in \`people: { mona: { destination: ${example} } }\`, or leave out own.`;
  return [{ place: own.place, message }];
}
