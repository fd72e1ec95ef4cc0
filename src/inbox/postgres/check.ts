import type { HurtFacts, Integrity } from '../../model/inbox/integrity.ts';
import { bodyDamage, hurtEvent } from '../sound-body.ts';
import { withinBytes } from '../within-bytes.ts';
import { FROM, SUMMARY } from './archive/read.ts';
import type { Database } from './server/database.ts';
import { bytesReader, type Place } from './stored-bytes.ts';
import { HAS_BODY } from './upkeep/conditions.ts';

const EVENTS = `
  SELECT ${SUMMARY}, e.guid, d.body_digest AS digest, ${HAS_BODY} AS "hasBody",
         e.segment_id AS "segmentId", e.segment_offset AS "segmentOffset", e.headers_size AS "headersSize", e.body_size AS "bodySize"
  ${FROM} WHERE e.id > $1 ORDER BY e.id LIMIT $2`;

interface Row extends Place, HurtFacts {
  readonly digest: Uint8Array | null;
  readonly hasBody: boolean;
}

/** Bodies. The server's files and indexes are the server's to check: it has checksums, and `pg_amcheck`. */
export function checkOps(db: Database): Integrity {
  const read = bytesReader(db);

  return {
    checkStructure: async () => [],

    async checkEvents(afterId, limit) {
      const found = await db.rows<Row>(EVENTS, [afterId, limit]);
      const rows = withinBytes(found);
      const there = rows.filter(({ hasBody }) => hasBody);
      const stored = await read(there);
      const hurt = there.flatMap((row, index) => {
        const cut = stored[index] ?? null;
        const damage = cut && bodyDamage(cut, row.headersSize, row.digest);
        return hurtEvent(row, damage === null ? [] : [damage]);
      });
      const isLast = found.length < limit && rows.length === found.length;
      return { count: rows.length, hurt, lastId: isLast ? null : (rows.at(-1)?.id ?? null) };
    },
  };
}
