import { type Audited, type Audits, withinLengths } from '../../../model/inbox/audits.ts';
import { pgText } from '../pg-text.ts';
import type { Query } from '../server/database.ts';

const NOTE = `
  INSERT INTO tidings.audit (at, what, detail, who, came_from, about, outcome) VALUES ($1, $2, 'null', $3, $4, $5, $6)`;

const SELECT = `
  SELECT at, who, came_from AS "from", what, about, outcome FROM tidings.audit
  WHERE who IS NOT NULL AND at >= $1 ORDER BY at DESC, id DESC LIMIT $2`;

/** With what was done, in one transaction, where `db` is one. */
export async function noteAudited(db: Query, audited: Audited): Promise<void> {
  const { at, who, from, what, about, outcome } = withinLengths(audited);
  await db.rows(NOTE, [at, pgText(what), pgText(who), pgText(from), pgText(about), pgText(outcome)]);
}

/** What people did and asked. */
export function auditOps(db: Query): Audits {
  return {
    noteAudited: (audited) => noteAudited(db, audited),
    audited: (since, limit) => db.rows<Audited>(SELECT, [since, limit]),
  };
}
