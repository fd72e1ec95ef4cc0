import type { Logger } from '../shared/log.ts';
import type { Upgrade } from './migrations.ts';

/** Who is told, through the log, what whoever opens an inbox should hear of it. */
export function tellLog(log: Logger) {
  return {
    /** Says where the way back is. Tables that were made anew are nothing to tell. */
    onUpgrade({ from, to, copy }: Upgrade): void {
      if (from === 0) return;
      const kept = copy === null ? '' : `; as it was before, it is kept in ${copy}`;
      log.warn({ from, to, copy }, `the database was upgraded from schema ${from} to ${to}${kept}`);
    },

    onDamage: (words: string): void => log.error(words),
  };
}
