import { statSync } from 'node:fs';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { databaseIn, newEvent } from '../data-dir.ts';
import type { Scenario } from '../measure.ts';

const EVENTS = 2_000;
let next = 20_000_000;

/** The worst case for the disk: a quiet inbox, where every event is committed, and so compressed, alone. */
export const disk: Scenario = async ({ inDataDir }) =>
  inDataDir(async (dataDir) => {
    const before = statSync(databaseIn(dataDir), { throwIfNoEntry: false })?.size ?? 0;
    {
      await using inbox = await openSqliteInbox({ path: databaseIn(dataDir), clock: systemClock });
      for (let n = 0; n < EVENTS; n++) await inbox.append(newEvent(next++));
    }
    const bytes = (statSync(databaseIn(dataDir)).size - before) / EVENTS;
    return [{ name: 'disk per stored 12 kB event, quiet', value: bytes, unit: 'bytes', bar: { atMost: 1_700 } }];
  });
