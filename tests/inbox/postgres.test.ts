import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { freshDatabase, query } from '../support/postgres.ts';
import { accountConformance } from './account-conformance.ts';
import { auditConformance } from './audit-conformance.ts';
import { inboxConformance } from './conformance.ts';
import { damageConformance } from './damage-conformance.ts';
import { dashboardConformance } from './dashboard-conformance.ts';
import { fateConformance } from './fate-conformance.ts';
import { forgedConformance } from './forged-conformance.ts';
import { forgetConformance } from './forget-conformance.ts';
import { heldConformance } from './held-conformance.ts';
import { historyConformance } from './history-conformance.ts';
import { knownConformance } from './known-conformance.ts';
import { knownGoneConformance } from './known-gone-conformance.ts';
import { leaseConformance } from './lease-conformance.ts';
import { originConformance } from './origin-conformance.ts';
import { outboxConformance } from './outbox-conformance.ts';
import { pausedConformance } from './paused-conformance.ts';
import { receiptConformance } from './receipt-conformance.ts';
import { resultConformance } from './result-conformance.ts';
import { searchConformance } from './search-conformance.ts';
import { settlingConformance } from './settling-conformance.ts';
import { transferConformance } from './transfer-conformance.ts';
import { untoldConformance } from './untold-conformance.ts';
import { upkeepConformance } from './upkeep-conformance.ts';
import { upkeepHistories } from './upkeep-histories.ts';
import { wishConformance } from './wish-conformance.ts';

/** The clock of leases and accounts is the database's, which nobody moves: they are moved instead. */
const postgres = async () => {
  const database = await freshDatabase();
  const clock = { ...systemClock, now: () => 1_000_000 };
  return {
    open: () => openPostgresInbox({ url: new Secret(database.url), clock }),
    advance: async (ms: number) => {
      await query(database.url, `UPDATE tidings.lanes SET expires_at = expires_at - ${ms}`);
      await query(database.url, `UPDATE tidings.accounts SET asked_at = asked_at - ${ms}, next_at = next_at - ${ms}`);
      await query(database.url, `UPDATE tidings.reminders SET taken_until = taken_until - ${ms}`);
    },
    damageSegments: () =>
      query(
        database.url,
        'UPDATE tidings.segments SET data = set_byte(data, length(data) - 1, 255 - get_byte(data, length(data) - 1))',
      ),
    remove: async () => database[Symbol.asyncDispose](),
  };
};
inboxConformance('postgres', postgres);
damageConformance('postgres', postgres);
forgedConformance('postgres', postgres);
leaseConformance('postgres', postgres);
pausedConformance('postgres', postgres, systemClock.now);
accountConformance('postgres', postgres);
originConformance('postgres', postgres);
fateConformance('postgres', postgres);
untoldConformance('postgres', postgres);
outboxConformance('postgres', postgres);
settlingConformance('postgres', postgres);
heldConformance('postgres', postgres);
receiptConformance('postgres', postgres);
knownConformance('postgres', postgres);
knownGoneConformance('postgres', postgres);
wishConformance('postgres', postgres);
auditConformance('postgres', postgres);
resultConformance('postgres', postgres);
historyConformance('postgres', postgres);
transferConformance('postgres', postgres);
forgetConformance('postgres', postgres);
upkeepConformance('postgres', postgres);
upkeepHistories('postgres', postgres);
searchConformance('postgres', postgres);
dashboardConformance('postgres', postgres);
