import { constants, existsSync, type StatsFs } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../../../config/config.ts';
import { databaseWords, shortPath } from '../../../config/describe/place-words.ts';
import type { Archive } from '../../../model/inbox/archive.ts';
import { type Finding, fail, ok, warn } from '../../../model/plugin/finding.ts';
import { span } from '../../../shared/time-words.ts';

const MIB = 1024 * 1024;
const LOW_BYTES = 1024 * MIB;
const FULL_BYTES = 100 * MIB;
/** OVERLAYFS_SUPER_MAGIC of linux/magic.h */
const OVERLAY = 0x794c7630;
/** TMPFS_MAGIC, there too */
const TMPFS = 0x01021994;

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
  return [found, checkSpace(disk), ...(await checkVolume(place, disk, config))];
}

/** A container's own layer vanishes with the container, memory with the machine, and a platform's own disk with the deploy. */
async function checkVolume(place: string, disk: StatsFs, config: Config): Promise<readonly Finding[]> {
  if (config.database.kind !== 'sqlite') return [];
  const fix = 'Mount a volume there, or set DATA_DIR to one.';
  if (disk.type === TMPFS)
    return [warn('volume', 'DATA_DIR lies in memory (tmpfs): its events vanish with a restart', fix)];
  if (disk.type === OVERLAY) {
    return [warn('volume', 'DATA_DIR lies inside a container: its events vanish with the next deploy', fix)];
  }
  const { platform } = config;
  if (platform === null) return [];
  const [here, root] = await Promise.all([stat(place), stat('/')]);
  if (here.dev !== root.dev) return [ok('volume', `DATA_DIR is mounted, on ${platform}`)];
  return [
    warn(
      'volume',
      `DATA_DIR lies on ${platform}'s own disk, not on a volume: its events vanish with the next deploy`,
      fix,
    ),
  ];
}

function checkSpace({ bavail, bsize }: StatsFs): Finding {
  const free = bavail * bsize;
  const detail = `${(free / (1024 * MIB)).toFixed(1)} GiB free`;
  if (free < FULL_BYTES) return fail('disk', detail, 'Free some space: without it events are answered 503.');
  if (free < LOW_BYTES) return warn('disk', detail, 'Free some space soon: about 2.5 kB are needed for each event.');
  return ok('disk', detail);
}

export function databaseMissing(config: Config): Finding {
  return ok('database', `${databaseWords(config)} (made at the first start)`);
}

/** An older Tidings may run on it: a look must not take it away from there. */
export function databaseBehind(config: Config, found: number, newest: number, invocation: string): Finding {
  if (found === 0) return ok('database', `${databaseWords(config)}, empty (tables are made at the first start)`);
  return warn(
    'database',
    `${databaseWords(config)}, schema ${found}: this Tidings works with ${newest}`,
    `${invocation} migrate upgrades it, and so does start; a SQLite file is copied first.`,
  );
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
  const alive = lanes.some(({ owner }) => owner !== null);
  if (alive) return ok('worker', `running, ${backlog}`);
  const start = `Start it: ${invocation} start (or work, beside a separate receiver).`;
  return waiting > 0
    ? fail('worker', `none is running, ${backlog}`, start)
    : warn('worker', `none is running, ${backlog}`, start);
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}
