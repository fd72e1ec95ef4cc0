import type { EventId } from '../../../model/event.ts';
import type { Expanded, ResultBefore, ResultQuestion } from '../../../model/inbox/backlog.ts';
import type { Fenced, Lease } from '../../../model/inbox/lanes.ts';
import { believed, sortBatch, standing } from '../../batch-of-expansions.ts';
import { countsOf } from '../../counts/tally.ts';
import { digestKey } from '../../keys/key.ts';
import type { KeyRuns } from '../../keys/key-runs.ts';
import { checkRepeats } from '../../repeats.ts';
import type { StoredExpansion } from '../../stored-expansion.ts';
import { passingOver } from '../damage/passing-over.ts';
import { type Database, recomputable } from '../database.ts';
import { hourCounter } from '../hours.ts';
import { knownSubjects } from '../known/subjects.ts';
import type { Fence } from '../lanes.ts';
import { searchWriter } from '../search/write.ts';
import { earlierReader } from './earlier.ts';
import { pendingReader } from './pending.ts';
import { keptResults } from './results.ts';
import { settlingNotes } from './settling.ts';
import { decisionWriter } from './write-decisions.ts';

/** The expander's side: what is pending, and what was decided about it. */
export function backlogOps(db: Database, fence: Fence, digests: KeyRuns) {
  const passedOver = new Set<EventId>();
  const read = earlierReader(db, digests);
  const search = searchWriter(db);
  const write = decisionWriter(db, search);
  const notes = settlingNotes(db);
  const results = keptResults(db);
  const known = knownSubjects(db);
  const count = hourCounter(db);

  function store(expansions: readonly StoredExpansion[], now: number): Expanded {
    const batch = sortBatch(expansions, read.pending(expansions));
    const repeats = checkRepeats(batch.proposals, read.earlier(batch.proposals));
    const { settling, checked, result } = standing(batch.settling, repeats);
    for (const expansion of settling) notes.putAside(expansion);
    for (const decided of checked) {
      if (decided.event.isSettling === 1) notes.forget(decided.event.id);
      write(decided, now);
      // Once: replayed, it is in them already.
      if (decided.event.isKeyed === 0) digests.add(digestKey(decided.expansion.bodyDigest), decided.event.id);
    }
    search.settle();
    const heard = believed(settling, checked);
    notes.learn(heard);
    results.keep(heard);
    known.hear(heard, now);
    count(countsOf(checked, now));
    return result;
  }

  function storeBatch(lease: Lease, expansions: readonly StoredExpansion[], now: number): Expanded | Fenced {
    return recomputable(db, () => {
      if (!fence(lease)) return 'fenced';
      digests.open();
      const result = store(expansions, now);
      digests.close();
      return result;
    });
  }

  return {
    pending: pendingReader(db, passedOver),

    // It can be decided again from what is stored, so its commit does not wait for the disk (docs/adr/0002).
    expand: (lease: Lease, expansions: readonly StoredExpansion[], now: number): Expanded | Fenced =>
      passingOver(db, (some: readonly StoredExpansion[]) => storeBatch(lease, some, now), passedOver)(expansions),

    resultsBefore: (questions: readonly ResultQuestion[]): readonly (ResultBefore | null)[] =>
      questions.map(results.before),
  };
}
