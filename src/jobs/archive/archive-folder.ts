import { createReadStream } from 'node:fs';
import { access, type FileHandle, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { WholeEvent } from '../../model/inbox/transfer.ts';
import { hasCode } from '../../shared/files/has-code.ts';
import { makePrivateDirectory, OWNER_ONLY_FILE } from '../../shared/files/private-files.ts';
import { iso } from '../../shared/time-words.ts';
import { framesOf } from './event-frames.ts';
import { headerLine } from './event-line.ts';
import { FrameSplitter, frameOf } from './frames.ts';

export interface ArchiveFolder {
  /**
   * Writes these down, each into the file of the day it was received on (UTC): `2026-11-23.jsonl.zst`. Resolves when they are on the
   * disk, all of them. Called again with the same, it writes them again: import knows them by their deliveries.
   * @throws what the file system says; then perhaps some are written
   */
  keep(events: readonly WholeEvent[]): Promise<void>;
}

const ENDING = '.jsonl.zst';

/** Files of events that grow by whole frames. One process at a time writes there: the owner of the lane `prune`. */
export function archiveFolder(folder: string): ArchiveFolder {
  /** Those that were looked at, and end with a whole frame. */
  const whole = new Set<string>();

  async function keepDay(day: string, events: readonly WholeEvent[]): Promise<void> {
    if (!whole.has(day)) await setCutAside(folder, day);
    whole.delete(day);
    await appendDurably(join(folder, `${day}${ENDING}`), await framesOf(events));
    whole.add(day);
  }

  return {
    async keep(events) {
      makePrivateDirectory(folder);
      const days = Map.groupBy(events, ({ receivedAt }) => iso(receivedAt).slice(0, 10));
      for (const [day, some] of days) await keepDay(day, some);
      await syncFolder(folder);
    },
  };
}

async function appendDurably(path: string, frames: Buffer): Promise<void> {
  const file = await open(path, 'a', OWNER_ONLY_FILE);
  try {
    const { size } = await file.stat();
    const header = size === 0 ? await frameOf(headerLine(null)) : Buffer.alloc(0);
    await appendOrNothing(file, Buffer.concat([header, frames]), size);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A full disk takes half of it. */
async function appendOrNothing(file: FileHandle, bytes: Buffer, size: number): Promise<void> {
  try {
    await file.appendFile(bytes);
  } catch (error) {
    await file.truncate(size);
    throw error;
  }
}

/**
 * Whoever died while it wrote left half a frame, behind which nothing could be read. The file is kept as it is, under another
 * name, and another one begun.
 */
async function setCutAside(folder: string, day: string): Promise<void> {
  const path = join(folder, `${day}${ENDING}`);
  if (await isWhole(path)) return;
  for (let number = 1; ; number++) {
    const aside = join(folder, `${day}.cut-${number}${ENDING}`);
    if (await isThere(aside)) continue;
    await rename(path, aside);
    return;
  }
}

/** Also when it is not there. */
async function isWhole(path: string): Promise<boolean> {
  const splitter = new FrameSplitter();
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
      for (const _ of splitter.push(chunk as Buffer)) continue;
    }
    return splitter.isWhole;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return true;
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** So that the names of new files are on the disk too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
