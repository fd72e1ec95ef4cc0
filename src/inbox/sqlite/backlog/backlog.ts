import type { ResultBefore, ResultQuestion } from '../../../model/inbox/backlog.ts';
import type { Fenced, Lease } from '../../../model/inbox/lanes.ts';
import { believed, sortBatch } from '../../batch-of-expansions.ts';
import { digestKey } from '../../keys/key.ts';
import type { KeyRuns } from '../../keys/key-runs.ts';
import { checkRepeats } from '../../repeats.ts';
import type { StoredExpansion } from '../../stored-expansion.ts';
import { all, type Database, recomputable } from '../database.ts';
import type { Fence } from '../lanes.ts';
import type { PackedPending } from '../thread/packed.ts';
import { packer } from '../thread/packer.ts';
import { earlierReader } from './earlier.ts';
import { keptResults } from './results.ts';
import { settlingNotes } from './settling.ts';
import { decisionWriter } from './write-decisions.ts';

const PENDING = `
  SELECT e.id, e.origin, e.source, e.delivery_id AS deliveryId, e.guid, e.type, e.received_at AS receivedAt,
         e.stored_at AS storedAt, e.replays, e.released, e.segment_id AS segmentId, e.segment_offset AS segmentOffset,
         e.headers_size AS headersSize, e.body_size AS bodySize,
         s.event_id IS NOT NULL AS hasSettled, s.labels, s.is_draft AS isDraft
  FROM events e LEFT JOIN settling s ON s.event_id = e.id
  WHERE e.state = 'pending' AND e.id > ? AND s.until IS NULL ORDER BY e.id LIMIT ?`;

/** The expander's side: what is pending, and what was decided about it. */
export function backlogOps(db: Database, fence: Fence, digests: KeyRuns) {
  const selectPending = db.prepare(PENDING);
  const pack = packer(db);
  const read = earlierReader(db, digests);
  const write = decisionWriter(db);
  const settling = settlingNotes(db);
  const results = keptResults(db);

  function store(expansions: readonly StoredExpansion[], now: number): void {
    const batch = sortBatch(expansions, read.pending(expansions));
    const checked = checkRepeats(batch.proposals, read.earlier(batch.proposals));
    for (const expansion of batch.settling) settling.putAside(expansion);
    for (const decided of checked) {
      if (decided.event.isSettling === 1) settling.forget(decided.event.id);
      write(decided, now);
      // Once: replayed, it is in them already.
      if (decided.event.isKeyed === 0) digests.add(digestKey(decided.expansion.bodyDigest), decided.event.id);
    }
    const heard = believed(batch.settling, checked);
    settling.learn(heard);
    results.keep(heard);
  }

  return {
    pending: (limit: number, afterId: number): PackedPending => pack(all(selectPending, afterId, limit)),

    // It can be decided again from what is stored, so its commit does not wait for the disk (docs/adr/0002).
    expand: (lease: Lease, expansions: readonly StoredExpansion[], now: number): 'done' | Fenced =>
      recomputable(db, () => {
        if (!fence(lease)) return 'fenced';
        digests.open();
        store(expansions, now);
        digests.close();
        return 'done';
      }),

    resultsBefore: (questions: readonly ResultQuestion[]): readonly (ResultBefore | null)[] =>
      questions.map(results.before),
  };
}
