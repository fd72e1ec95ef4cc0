import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import { CURSOR, freshState, stateText } from '../../src/model/pruning/state.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { startSlackDouble } from '../../tests/doubles/slack-double.ts';
import { databaseIn } from '../data-dir.ts';
import { freshRequests } from '../deliveries.ts';
import { assertAll200, openLoop } from '../load.ts';
import type { Scenario } from '../measure.ts';
import { startTidings } from '../process.ts';
import { seedInto } from '../seed/seed-into.ts';
import { median, percentile } from '../stats.ts';

const RATE = 500;
const SECONDS = 8;
const DAY_MS = 86_400_000;
/** As many as keep the lane busy for longer than it is looked at. */
const OLD_EVENTS = 40_000;
/** The lane's first look comes a minute after the start. */
const FIRST_LOOK_MS = 62_000;

let next = 300_000_000;

/** As `acknowledge`, while what is old goes: an empty database is given some first, a full one should have come over a year. */
export const acknowledgePruning: Scenario = async ({ inDataDir, rounds, isFull }) => {
  const p50s: number[] = [];
  const p99s: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await inDataDir(async (dataDir) => {
      const path = databaseIn(dataDir);
      if (!isFull) {
        await seedInto(path, {
          count: OLD_EVENTS,
          from: next,
          overMs: 5 * DAY_MS,
          until: systemClock.now() - 40 * DAY_MS,
        });
        next += OLD_EVENTS;
      }
      await skipFirstDay(path);
      const before = await firstSegment(path);
      {
        await using slack = await startSlackDouble();
        await using server = await startTidings('start', dataDir, shortRetention(dataDir, slack.webhookUrl()));
        await setTimeout(FIRST_LOOK_MS - 1_000);
        assertAll200(await openLoop(server.port, freshRequests(RATE, 'issues.opened'), RATE));
        const result = await openLoop(server.port, freshRequests(RATE * SECONDS, 'issues.opened'), RATE);
        assertAll200(result);
        p50s.push(percentile(result.latenciesMs, 0.5));
        p99s.push(percentile(result.latenciesMs, 0.99));
      }
      if ((await firstSegment(path)) === before)
        throw new Error('nothing was pruned meanwhile: is there anything old in it?');
    });
  }
  const name = 'acknowledgement at 500/s while the worker drains and prunes';
  return [
    { name: `${name}, p50`, value: median(p50s), unit: 'ms' },
    { name: `${name}, p99`, value: median(p99s), unit: 'ms', bar: { atMost: isFull ? 30 : 25 } },
  ];
};

const RETENTION = { bodies: 30 * DAY_MS, exceptions: [], events: 35 * DAY_MS, attempts: 30 * DAY_MS, maxBytes: null };

function shortRetention(dataDir: string, url: string): Record<string, string> {
  const file = join(dataDir, 'bench.yaml');
  writeFileSync(
    file,
    `destinations:\n  slack: { type: slack, webhook_url: "${url}" }\nretention: { bodies: 30d, events: 35d, attempts: 30d }\n`,
  );
  return { TIDINGS_CONFIG: file };
}

/** What is due goes a day after it was first seen: here that was yesterday. */
async function skipFirstDay(path: string): Promise<void> {
  await using inbox = await openSqliteInbox({ path, clock: systemClock });
  const mark = { at: systemClock.now(), inForce: RETENTION, wanted: RETENTION, waitMs: 0 };
  await inbox.remember(CURSOR, stateText(freshState(mark)));
}

async function firstSegment(path: string): Promise<number | undefined> {
  await using inbox = await openSqliteInbox({ path, clock: systemClock });
  return (await inbox.keptSegments(0, 1))[0]?.id;
}
