import type { Audits } from '../../../model/inbox/audits.ts';
import type { Cards } from '../../../model/inbox/cards.ts';
import type { Mutes } from '../../../model/inbox/mutes.ts';
import type { Reminders } from '../../../model/inbox/reminders.ts';
import type { Subjects } from '../../../model/inbox/subjects.ts';
import type { Database } from '../server/database.ts';
import { auditOps } from './audits.ts';
import { cardOps } from './cards.ts';
import { muteOps } from './mutes.ts';
import { reminderOps } from './reminders.ts';
import { subjectOps } from './subjects.ts';

/** What is known of subjects, and what is shown and said of them. */
export function knownOps(db: Database, now: () => number): Subjects & Cards & Mutes & Audits & Reminders {
  return { ...subjectOps(db, now), ...cardOps(db, now), ...muteOps(db), ...auditOps(db), ...reminderOps(db, now) };
}
