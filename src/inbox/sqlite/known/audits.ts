import type { Audited } from '../../../model/inbox/audits.ts';
import { withinLengths } from '../../../model/inbox/audits.ts';
import { AT_MOST, all, type Database } from '../database.ts';

const NOTE = `INSERT INTO audit (at, what, detail, who, came_from, about, outcome) VALUES (?, ?, 'null', ?, ?, ?, ?)`;

const SELECT = `
  SELECT at, who, came_from AS "from", what, about, outcome FROM audit
  WHERE who IS NOT NULL AND at >= ? ORDER BY at DESC, id DESC ${AT_MOST}`;

/** For whoever writes it down with what was done, in one transaction. */
export function auditNoter(db: Database): (audited: Audited) => void {
  const insert = db.prepare(NOTE);
  return (audited) => {
    const { at, who, from, what, about, outcome } = withinLengths(audited);
    insert.run(at, what, who, from, about, outcome);
  };
}

/** On the writing thread. */
export function auditOps(db: Database) {
  return { noteAudited: auditNoter(db) };
}

/** On the reading thread. */
export function auditedOps(db: Database) {
  const select = db.prepare(SELECT);
  return {
    audited: (since: number, limit: number): readonly Audited[] =>
      all<Audited>(select, since, limit).map((row) => ({ ...row })),
  };
}
