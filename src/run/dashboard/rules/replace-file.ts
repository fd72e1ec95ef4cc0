import { closeSync, fsyncSync, linkSync, openSync, readdirSync, renameSync, statSync, unlinkSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileTrouble } from '../../../config/read/file-trouble.ts';
import type { Clock } from '../../../shared/clock.ts';
import { hasCode } from '../../../shared/files/has-code.ts';
import { newGuid } from '../../../shared/ids.ts';
import { bytesIn, etagOf, MOUNTED, NO_FILE, type RulesFile, readRulesFile } from './rules-file.ts';

export type Replaced =
  | { readonly kind: 'written'; readonly etag: string }
  /** It is no longer the one that was meant. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'refused'; readonly message: string };

/** It names variables and holds no secrets; a container of another user may have to read it. */
const NEW_MODE = 0o644;

/**
 * Puts `text` in the place of the file, if that is still the one of `etag` (NO_FILE: if there is none). Whoever reads it, and whenever
 * this process is killed, finds the old text or the new one, whole: it is written beside it, flushed, and renamed. Looking and
 * renaming follow each other without a pause, so that of two writers here one finds that the file changed; another program
 * that saves within those microseconds is not seen.
 */
export async function replaceFile(path: string, text: string, etag: string): Promise<Replaced> {
  let temporary: string | undefined;
  try {
    const before = readRulesFile(path);
    if ((before?.etag ?? NO_FILE) !== etag) return { kind: 'changed' };
    const bytes = before === null ? Buffer.from(text, 'utf8') : bytesIn(text, before.style);
    const target = before?.target ?? path;
    temporary = join(dirname(target), `.${basename(target)}.${newGuid()}.tmp`);
    await writeDown(temporary, bytes, before);
    const now = readRulesFile(path);
    if ((now?.etag ?? NO_FILE) !== etag || (now?.target ?? path) !== target) return { kind: 'changed' };
    if (now === null) linkSync(temporary, target);
    else renameSync(temporary, target);
    flushFolder(dirname(target));
    return { kind: 'written', etag: etagOf(bytes) };
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return { kind: 'changed' };
    if (hasCode(error, 'EBUSY', 'EXDEV')) return { kind: 'refused', message: MOUNTED };
    return { kind: 'refused', message: `It ${fileTrouble(error, path, 'written')}.` };
  } finally {
    if (temporary !== undefined) remove(temporary);
  }
}

async function writeDown(path: string, bytes: Buffer, before: RulesFile | null): Promise<void> {
  await using file = await open(path, 'wx', 0o600);
  await file.writeFile(bytes);
  if (before !== null) await keepOwner(file, before);
  await file.chmod(before === null ? NEW_MODE : before.mode & 0o7777);
  await file.sync();
}

async function keepOwner(file: FileHandle, { owner: { uid, gid } }: RulesFile): Promise<void> {
  const own = await file.stat();
  if (own.uid === uid && own.gid === gid) return;
  try {
    await file.chown(uid, gid);
  } catch (error) {
    // Only root gives files away. Whoever may replace it may own it too.
    if (!hasCode(error, 'EPERM')) throw error;
  }
}

/** So that the new name outlives a loss of power. */
function flushFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch {
    // Safe: not every file system can, and the rename is done.
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Safe: renamed already, which is how it should be; or swept later.
  }
}

/** Younger ones may be somebody's who is just writing. */
const LEFT_OVER_MS = 60_000;

/** Removes what a killed process left beside the file. Never throws. */
export function sweepBeside(path: string, clock: Pick<Clock, 'now'>): void {
  try {
    const target = readRulesFile(path)?.target ?? path;
    const folder = dirname(target);
    const start = `.${basename(target)}.`;
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(start) || !/^[0-9a-f-]{36}\.tmp$/.test(name.slice(start.length))) continue;
      const left = join(folder, name);
      if (clock.now() - statSync(left).mtimeMs > LEFT_OVER_MS) unlinkSync(left);
    }
  } catch {
    // Safe: a file of a few kB more lies there.
  }
}
