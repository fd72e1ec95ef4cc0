import type { EventId } from '../../../model/event.ts';
import type { Forgotten } from '../../../model/inbox/forgetting.ts';
import { aboutOf } from '../../about.ts';
import type { KeysAbout } from '../../forget-found.ts';
import { HAS_MUTED, LOOKED_AT, type MutedRow, withoutMuters } from '../../known/muted-traces.ts';
import { all, type Database, scalar, transaction } from '../database.ts';

const SELECT = `SELECT id, reason, trace FROM events WHERE instr(trace, '${HAS_MUTED}') > 0`;

/** On the reading thread. */
export function mutedAboutOps(db: Database) {
  const page = db.prepare(`${SELECT} AND id > ? AND id <= ?`);
  const selectLast = db.prepare('SELECT coalesce(max(id), 0) FROM events');
  return {
    mutedAbout(what: Forgotten, after: EventId): KeysAbout<EventId> {
      const upTo = after + LOOKED_AT;
      const found = withoutMuters(aboutOf(what), all<MutedRow>(page, after, upTo)).map(({ id }) => id);
      return { found, last: upTo < scalar(selectLast) ? upTo : null };
    },
  };
}

export function forgetMutedOps(db: Database) {
  const select = db.prepare(`${SELECT} AND id IN (SELECT value FROM json_each(?))`);
  const write = db.prepare('UPDATE events SET reason = ?, trace = ? WHERE id = ?');
  return {
    forgetMuters: (what: Forgotten, ids: readonly EventId[]): number =>
      transaction(db, () => {
        const left = withoutMuters(aboutOf(what), all<MutedRow>(select, JSON.stringify(ids)));
        for (const { id, reason, trace } of left) write.run(reason, trace, id);
        return left.length;
      }),
  };
}
