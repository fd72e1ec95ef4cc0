import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { newEvent } from '../fixtures/stored.ts';

// A process of its own that opens the inbox at this path, which need not be there, and stores one event.
const [path = ''] = process.argv.slice(2);
await using inbox = await openSqliteInbox({ path, clock: systemClock });
const { id } = await inbox.append(newEvent());
process.stdout.write(String(id));
