import type { HurtEvent, Integrity } from '../../model/inbox/integrity.ts';
import { bodyDamage } from '../sound-body.ts';
import { FROM, SUMMARY } from './archive/read.ts';
import type { Database } from './server/database.ts';
import { bytesReader, type Place } from './stored-bytes.ts';
import { HAS_BODY } from './upkeep/conditions.ts';

const EVENTS = `
  SELECT ${SUMMARY}, e.guid, d.body_digest AS digest, ${HAS_BODY} AS "hasBody",
         e.segment_id AS "segmentId", e.segment_offset AS "segmentOffset", e.headers_size AS "headersSize", e.body_size AS "bodySize"
  ${FROM} WHERE e.id > $1 ORDER BY e.id LIMIT $2`;

interface Row extends Place, NonNullable<HurtEvent['known']> {
  readonly digest: Uint8Array | null;
  readonly hasBody: boolean;
}

/** Bodies. The server's files and indexes are the server's to check: it has checksums, and `pg_amcheck`. */
export function checkOps(db: Database): Integrity {
  const read = bytesReader(db);

  return {
    checkStructure: async () => [],

    async checkEvents(afterId, limit) {
      const rows = await db.rows<Row>(EVENTS, [afterId, limit]);
      const there = rows.filter(({ hasBody }) => hasBody);
      const stored = await read(there);
      const hurt = there.flatMap((row, index): HurtEvent | [] => {
        const cut = stored[index] ?? null;
        const damage = cut === null ? null : bodyDamage(cut, row.headersSize, row.digest);
        if (damage === null) return [];
        const { source, type, deliveryId, guid, repo, state, receivedAt } = row;
        return { id: row.id, damage: [damage], known: { source, type, deliveryId, guid, repo, state, receivedAt } };
      });
      return { count: rows.length, hurt, lastId: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
    },
  };
}
