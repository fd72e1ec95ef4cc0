import { archiveOps } from '../archive/archive.ts';
import { historyOps } from '../archive/history.ts';
import { listOps } from '../archive/list.ts';
import { bodilessOps } from '../archive/replay.ts';
import { untoldOps } from '../archive/untold.ts';
import { checkOps } from '../damage/check.ts';
import type { Database } from '../database.ts';
import { aboutOps } from '../forget/about.ts';
import { countsOps } from '../hours.ts';
import { auditedOps } from '../known/audits.ts';
import { knownAboutOps } from '../known/forget.ts';
import { mutedAboutOps } from '../known/forget-muted.ts';
import { subjectPages } from '../known/subjects.ts';
import { wholeOps } from '../transfer/whole.ts';
import { agedOps } from '../upkeep/aged.ts';
import { keptOps } from '../upkeep/kept.ts';

/** What people ask, on a connection that cannot write. */
export function readerOps(db: Database) {
  return {
    ...listOps(db),
    ...archiveOps(db),
    ...bodilessOps(db),
    ...historyOps(db),
    ...keptOps(db),
    ...untoldOps(db),
    ...agedOps(db),
    ...wholeOps(db),
    ...aboutOps(db),
    ...checkOps(db),
    ...subjectPages(db),
    ...knownAboutOps(db),
    ...auditedOps(db),
    ...countsOps(db),
    ...mutedAboutOps(db),
  };
}
