import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { poolerMissing, startPooler } from '../chaos/pooler.ts';
import { Workshop } from '../jobs/workshop.ts';
import { freshDatabase } from '../support/postgres.ts';

const missing = poolerMissing();

test('behind a pooler in transaction mode all is stored and told, though nothing is heard', {
  skip: missing ?? false,
}, async (t) => {
  await using fresh = await freshDatabase({ empty: true });
  await using pooler = await startPooler(fresh.url);
  const open = () => openPostgresInbox({ url: new Secret(pooler.url), clock: systemClock });
  await using inbox = await open();
  await using other = await open();
  const shop = await Workshop.open(t);
  const team = shop.destination('team');
  const timing = { leaseTtlMs: 60_000, renewMs: 100, regainMs: 20, minLeaseMs: 50, pollMs: 50 };
  const worker = shop.worker(inbox, [team], { timing });
  const titles = Array.from({ length: 20 }, (_, n) => `event ${n}`);
  await shop.feed(other, titles, ['team']);
  await shop.until(() => team.sends.length === titles.length);
  await worker.stop();
  assert.deepEqual(
    team.sends.flatMap((send) => send.titles),
    titles,
  );
  assert.equal((await other.check()).lastEventId, titles.length);
});
