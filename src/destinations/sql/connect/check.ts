import { type Finding, fail, ok, warn } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import type { SqlSettings } from '../settings.ts';
import { lookAt } from './look.ts';

/** Asks the database whether it would take a row, and writes none. */
export async function check(name: string, settings: SqlSettings, { signal }: Asking): Promise<readonly Finding[]> {
  const what = `table of ${name}`;
  const seen = await lookAt(settings, signal);
  if (seen.ok) return [ok(what, `${seen.place} takes rows into ${settings.table}; none was written`)];
  if (seen.kind === 'refused') return [fail(what, seen.problem, `Mend that. The table that fits:\n${seen.create}`)];
  return [
    warn(what, seen.problem, 'Rows wait until it can be reached. Check the address, and the network of this machine.'),
  ];
}
