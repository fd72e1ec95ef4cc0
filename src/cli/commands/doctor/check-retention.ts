import type { Config } from '../../../config/config.ts';
import { retentionWords } from '../../../config/describe/describe-retention.ts';
import { type Finding, ok, warn } from '../../../model/plugin/finding.ts';
import { DAY_MS } from '../../../model/pruning/mark.ts';
import { standingWords, troubleWords } from '../../../model/pruning/prune-words.ts';
import { CURSOR, type PruneState, parseState } from '../../../model/pruning/state.ts';
import type { OpenedArchive } from '../../../run/database.ts';
import { sizeWords } from '../../../shared/terminal/size-words.ts';

/** How large the database is, what goes when, and whether it does. */
export async function checkRetention(
  archive: Pick<OpenedArchive, 'storedSize' | 'recall'>,
  config: Config,
  now: number,
): Promise<readonly Finding[]> {
  const { bytes, freeBytes } = await archive.storedSize();
  const state = parseState(await archive.recall(CURSOR));
  const free = freeBytes > 0 ? `, ${sizeWords(freeBytes)} of it free for what comes` : '';
  return [
    ok('size', `${sizeWords(bytes)}${free}`),
    ok('retention', retentionWords(config.retention)),
    pruning(state, now, config),
  ];
}

function pruning(state: PruneState | null, now: number, { database }: Config): Finding {
  const name = 'pruning';
  const words = standingWords(state, now);
  if (state === null) return ok(name, words);
  if (troubleWords(state) !== null) return warn(name, words, fixOf(state, database.kind));
  // It is looked every hour, a pass left out.
  const isStill = Math.abs(now - state.mark.at) > DAY_MS && state.behindMs === 0;
  return isStill ? warn(name, words, 'No worker looked for a day: see whether one runs.') : ok(name, words);
}

function fixOf({ trouble, isOverLimit }: PruneState, engine: 'sqlite' | 'postgres'): string {
  if (trouble !== null) return 'Make room in the folder of archive_to, or let this user write there.';
  if (isOverLimit) return 'Keep events shorter, or set max_size higher: docs/operations.md, "Disk".';
  return engine === 'postgres'
    ? 'See what holds the server up: long transactions, autovacuum.'
    : 'Is the disk slow? It goes on by itself.';
}
