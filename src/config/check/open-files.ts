import { chmodSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { OWNER_ONLY_DIRECTORY, OWNER_ONLY_FILE } from '../../shared/files/private-files.ts';
import type { Config } from '../config.ts';
import { adminTokenPath, secretPath } from '../read/generated-secret.ts';

/** A file or directory that other users of this machine can get at. */
export interface OpenFile {
  /** Absolute. */
  readonly path: string;
  /** Such as `0755`. */
  readonly mode: string;
  /** `chmod 700 /srv/tidings`: what closes it. */
  readonly fix: string;
  /** Tidings made it. */
  readonly isOwn: boolean;
}

type Places = Pick<Config, 'dataDir' | 'database' | 'configPath' | 'sources'>;

/** Whoever is neither the owner nor of its group. A group is often meant: `root:tidings`, or a volume's. */
const OTHERS = 0o007;
const OTHERS_WRITE = 0o002;

/** What lies open, by rights of others alone: whether they reach it through the directories above is not asked. */
export function openFiles(config: Places, envPath: string): readonly OpenFile[] {
  const { dataDir, configPath } = config;
  return [
    openDirectory(dataDir),
    ...ownFiles(config).map((path) => openFile(path, { isOwn: true })),
    openFile(envPath),
    configPath === null ? null : openFile(configPath, { rights: OTHERS_WRITE, closedMode: 0o644 }),
  ].filter((found) => found !== null);
}

/**
 * Closes those that are our own, and says which it could. A directory or `.env` was made by somebody, perhaps on purpose, and
 * is left to them. `left`: what is still there and open.
 */
export function closeOwn(files: readonly OpenFile[]): Readonly<Record<'closed' | 'left', readonly OpenFile[]>> {
  const { closed = [], left = [] } = Object.groupBy(files, (file) =>
    file.isOwn && isClosedNow(file.path) ? 'closed' : 'left',
  );
  return { closed, left: left.filter(({ path }) => statOf(path) !== undefined) };
}

function isClosedNow(path: string): boolean {
  try {
    chmodSync(path, OWNER_ONLY_FILE);
    return true;
  } catch {
    // Somebody else's: `left` names it, with what its owner can do.
    return false;
  }
}

function ownFiles({ dataDir, database, sources }: Places): readonly string[] {
  const stored = database.kind === 'sqlite' ? ['', '-wal', '-shm', '-wake'].map((end) => database.path + end) : [];
  const kept = ['tunnel.json', 'smee-channel'].map((name) => join(dataDir, name));
  const secrets = sources.map(({ name, secretOrigin: origin }) =>
    origin.kind === 'generated' ? origin.path : secretPath(dataDir, name),
  );
  return [...stored, ...secrets, adminTokenPath(dataDir), ...kept];
}

/** A volume belongs to whoever mounts it, and its files are closed by themselves: there only writing counts. */
function openDirectory(path: string): OpenFile | null {
  const rights = statOf(path)?.uid === process.getuid?.() ? OTHERS : OTHERS_WRITE;
  return openFile(path, { rights, closedMode: OWNER_ONLY_DIRECTORY });
}

function openFile(
  path: string,
  { rights = OTHERS, closedMode = OWNER_ONLY_FILE, isOwn = false } = {},
): OpenFile | null {
  const found = statOf(path);
  if (found === undefined || (found.mode & rights) === 0 || process.platform === 'win32') return null;
  const isOurs = process.getuid?.() === found.uid;
  const fix = isOurs ? `chmod ${closedMode.toString(8)} ${path}` : `sudo chmod o= ${path}`;
  return { path, mode: `0${(found.mode & 0o777).toString(8)}`, fix, isOwn };
}

/** Undefined: it is not there, or this user may not look: then whoever wants to use it says so. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
