import type { Logger } from '../shared/log.ts';
import type { Upgrade } from './migrations.ts';

/** Says where the way back is. Tables that were made anew are nothing to tell. */
export function sayUpgrade(log: Logger): (upgrade: Upgrade) => void {
  return ({ from, to, copy }) => {
    if (from === 0) return;
    const kept = copy === null ? '' : `; as it was before, it is kept in ${copy}`;
    log.warn({ from, to, copy }, `the database was upgraded from schema ${from} to ${to}${kept}`);
  };
}
