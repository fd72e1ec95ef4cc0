import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { Secret } from '../../src/shared/secret.ts';
import { told } from './events.ts';

// Another machine's worker, in a process of its own: tells its parent when it saw which event.
const [url = ''] = process.argv.slice(2);
await using inbox = await openPostgresInbox({ url: new Secret(url), clock: systemClock });
const [lease] = await inbox.acquire('picker', ['expand'], 3_600_000);
if (lease === undefined) throw new Error('somebody else holds the expander');

let turn: Promise<void> = Promise.resolve();

async function pick(): Promise<void> {
  const events = await inbox.pending(64);
  if (events.length === 0 || lease === undefined) return;
  const at = performance.timeOrigin + performance.now();
  process.send?.({ at, ids: events.map(({ id }) => id) });
  await inbox.expand(
    lease,
    events.map((event) => ({ ...told(event, 'none'), state: 'skipped' as const, notifications: [] })),
  );
}

inbox.onWake(() => {
  turn = turn.then(pick);
});
process.send?.({ ready: true });
await new Promise((resolve) => process.on('disconnect', resolve));
