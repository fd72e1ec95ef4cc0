import { constants, existsSync, type StatsFs } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Archive } from '../../../model/inbox.ts';
import type { Config } from '../../config/config.ts';
import { databaseWords, shortPath } from '../place-words.ts';
import { span } from '../time-words.ts';
import { type Finding, fail, ok, warn } from './check.ts';

const MIB = 1024 * 1024;
const LOW_BYTES = 1024 * MIB;
const FULL_BYTES = 100 * MIB;
/** OVERLAYFS_SUPER_MAGIC of linux/magic.h */
const OVERLAY = 0x794c7630;

export async function checkDataDir(config: Config): Promise<readonly Finding[]> {
  const place = nearestExisting(config.dataDir);
  const writable = await access(place, constants.W_OK).then(
    () => true,
    () => false,
  );
  const name = 'data directory';
  const shown = shortPath(config.dataDir);
  if (!writable) {
    return [
      fail(
        name,
        `${shortPath(place)} cannot be written`,
        'Give this user write access, or set DATA_DIR to another place.',
      ),
    ];
  }
  const found = place === config.dataDir ? ok(name, shown) : ok(name, `${shown} (made at the first start)`);
  const disk = await statfs(place);
  return [found, checkSpace(disk), ...checkVolume(disk, config)];
}

/** A container's own layer vanishes with the container. */
function checkVolume(disk: StatsFs, config: Config): readonly Finding[] {
  if (disk.type !== OVERLAY || config.database.kind !== 'sqlite') return [];
  const fix = 'Mount a volume there, or set DATA_DIR to one.';
  return [warn('volume', 'DATA_DIR lies inside a container: its events vanish with the next deploy', fix)];
}

function checkSpace({ bavail, bsize }: StatsFs): Finding {
  const free = bavail * bsize;
  const detail = `${(free / (1024 * MIB)).toFixed(1)} GiB free`;
  if (free < FULL_BYTES) return fail('disk', detail, 'Free some space: without it events are answered 503.');
  if (free < LOW_BYTES) return warn('disk', detail, 'Free some space soon: about 2.5 kB are needed for each event.');
  return ok('disk', detail);
}

/** A database that is not there yet is no fault; it must not be made by a check. */
export function isDatabaseMissing(config: Config): boolean {
  return config.database.kind === 'sqlite' && !existsSync(config.database.path);
}

export function databaseMissing(config: Config): Finding {
  return ok('database', `${databaseWords(config)} (made at the first start)`);
}

export async function checkDatabase(config: Config, archive: Archive): Promise<Finding> {
  const { schemaVersion, lastEventId } = await archive.check();
  const newest = lastEventId === 0 ? 'no event yet' : `last event ${lastEventId}`;
  return ok('database', `${databaseWords(config)}, schema ${schemaVersion}, ${newest}, writable`);
}

/** A lane whose lease is alive has a worker; the expander's lane is held by every worker or by none. */
export async function checkWorker(archive: Archive, now: number, invocation: string): Promise<Finding> {
  const lanes = await archive.depths();
  const waiting = lanes.reduce((sum, lane) => sum + lane.depth, 0);
  const oldest = Math.min(...lanes.map((lane) => lane.oldestReceivedAt ?? Number.POSITIVE_INFINITY));
  const backlog =
    waiting === 0 ? 'nothing waits' : `${waiting} waiting, the oldest for ${span(Math.max(0, now - oldest))}`;
  const alive = lanes.some((lane) => lane.owner !== null && (lane.leaseExpiresAt ?? 0) > now);
  if (alive) return ok('worker', `running, ${backlog}`);
  const start = `Start it: ${invocation} start (or work, beside a separate receiver).`;
  return waiting > 0
    ? fail('worker', `none is running, ${backlog}`, start)
    : warn('worker', `none is running, ${backlog}`, start);
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}
