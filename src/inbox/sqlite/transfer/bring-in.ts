import type { EventId } from '../../../model/event.ts';
import type { Appended } from '../../../model/inbox/intake.ts';
import type { Batch, PackedEvent } from '../../batch.ts';
import { checkedOf, type ImportedDecision } from '../../imported.ts';
import { digestKey } from '../../keys/key.ts';
import type { KeyRuns } from '../../keys/key-runs.ts';
import type { appendOps } from '../append.ts';
import { decisionWriter } from '../backlog/write-decisions.ts';
import type { Database } from '../database.ts';
import { searchWriter } from '../search/write.ts';

/** One that has its keys already, by another happening that was told, stays alone. */
const TOLD = `
  INSERT INTO notifications (event_id, destination, rule, state, dedup_key, echo_key, is_replay, tries, settled_at, origin)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (destination, dedup_key) DO NOTHING`;

/** The append, with what was decided elsewhere in the same transaction: no worker ever sees these events pending. */
export function bringInOps(db: Database, { append }: Pick<ReturnType<typeof appendOps>, 'append'>, digests: KeyRuns) {
  const search = searchWriter(db);
  const decide = decisionWriter(db, search);
  const remark = db.prepare('UPDATE events SET replays = ?, released = ? WHERE id = ?');
  const markGone = db.prepare('UPDATE events SET segment_id = -segment_id WHERE id = ? AND segment_id > 0');
  const tell = db.prepare(TOLD);

  function settle(id: EventId, event: PackedEvent, decision: ImportedDecision): void {
    decide(checkedOf(id, event, decision), decision.expandedAt);
    digests.add(digestKey(decision.bodyDigest), id);
    remark.run(decision.replays, Number(decision.released), id);
    if (decision.isBodiless) markGone.run(id);
    for (const { destination, rule, state, dedupKey, echoKey, isReplay, tries, settledAt } of decision.notifications) {
      tell.run(id, destination, rule, state, dedupKey, echoKey, Number(isReplay), tries, settledAt, event.origin);
    }
  }

  return {
    bringIn: (batch: Batch, decisions: readonly ImportedDecision[]): readonly Appended[] =>
      append(batch, (appended) => {
        digests.open();
        for (const [index, { status, id }] of appended.entries()) {
          const [event, decision] = [batch.events[index], decisions[index]];
          if (status === 'accepted' && event && decision) settle(id, event, decision);
        }
        search.merge();
        digests.close();
      }),
  };
}
