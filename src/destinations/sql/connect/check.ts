import { type Finding, ok } from '../../../model/plugin/finding.ts';
import type { Asking } from '../../../model/plugin/plugin.ts';
import { notSeen } from '../../looked.ts';
import type { SqlSettings } from '../settings.ts';
import { lookAt } from './look.ts';

/** Asks the database whether it would take a row, and writes none. */
export async function check(name: string, settings: SqlSettings, { signal }: Asking): Promise<readonly Finding[]> {
  const what = `table of ${name}`;
  const seen = await lookAt(settings, signal);
  if (seen.ok) return [ok(what, `${seen.place} takes rows into ${settings.table}; none was written`)];
  return [
    notSeen(what, seen, {
      mend: `Mend that. The table that fits:\n${seen.create}`,
      wait: 'Rows wait until it can be reached. Check the address, and the network of this machine.',
    }),
  ];
}
