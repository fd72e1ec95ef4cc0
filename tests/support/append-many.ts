import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { newEvent } from '../fixtures/stored.ts';

// A process of its own that stores deliveries from `first` on, until it is killed, and says of each commit which ids they have.
const [path = '', first = '0'] = process.argv.slice(2);
await using inbox = await openSqliteInbox({ path, clock: systemClock, busyTimeoutMs: 60_000 });
for (let from = Number(first); ; from += 256) {
  const events = Array.from({ length: 256 }, (_, n) =>
    newEvent({ guid: `g${from + n}`, deliveryId: `7:g${from + n}`, text: '{}' }),
  );
  const appended = await Promise.all(events.map((event) => inbox.append(event)));
  process.stdout.write(`${JSON.stringify(appended.map(({ id }) => id))}\n`);
}
