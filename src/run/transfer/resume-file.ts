import { createReadStream } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { FrameSplitter, isZstd } from '../../jobs/archive/frames.ts';
import { FormatError, readLine } from '../../jobs/archive/read-line.ts';
import { readLines } from '../../jobs/archive/read-lines.ts';
import type { EventId } from '../../model/event.ts';
import type { Selection } from '../../model/inbox/transfer.ts';

/** How far an export into a file came. */
export interface Exported {
  readonly selection: Selection;
  /** The last event that is whole in it. 0: none. */
  readonly lastId: EventId;
  readonly isPlain: boolean;
}

const CHUNK = 1024 * 1024;

/**
 * Cuts a file that an export left back to its last whole frame, or line, and says where to go on. Null: it holds nothing whole,
 * and is empty now. @throws FormatError where it is no export; DamagedError
 */
export async function resumeFile(path: string): Promise<Exported | null> {
  const isPlain = !(await beginsAsZstd(path));
  const { end, last } = isPlain ? await wholeLines(path) : await wholeFrames(path);
  if (end === 0) {
    await truncate(path, 0);
    return null;
  }
  const { selection } = await firstLine(path, end);
  const lastId = await lastEvent(path, last, end);
  await truncate(path, end);
  return { selection, lastId, isPlain };
}

/** Where what is whole ends, and where the last piece of it begins. */
interface Whole {
  readonly end: number;
  readonly last: number;
}

async function beginsAsZstd(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path, { end: 3 })) return isZstd(chunk as Buffer);
  return false;
}

async function wholeFrames(path: string): Promise<Whole> {
  const splitter = new FrameSplitter();
  let whole: Whole = { end: 0, last: 0 };
  let at = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    for (const { bytes, isEnd } of splitter.push(chunk as Buffer)) {
      at += bytes.length;
      if (isEnd) whole = { end: at, last: whole.end };
    }
  }
  return whole;
}

async function wholeLines(path: string): Promise<Whole> {
  let whole: Whole = { end: 0, last: 0 };
  let at = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK })) {
    const bytes = chunk as Buffer;
    for (let found = bytes.indexOf(10); found >= 0; found = bytes.indexOf(10, found + 1)) {
      whole = { end: at + found + 1, last: whole.end };
    }
    at += bytes.length;
  }
  return whole;
}

async function firstLine(path: string, end: number): Promise<{ readonly selection: Selection }> {
  for await (const text of readLines(createReadStream(path, { end: end - 1 }))) {
    const line = readLine(text);
    if (line.kind === 'header' && line.selection !== null) return { selection: line.selection };
    break;
  }
  throw new FormatError('it does not begin as an export does');
}

async function lastEvent(path: string, start: number, end: number): Promise<EventId> {
  let lastId = 0;
  for await (const text of readLines(createReadStream(path, { start, end: end - 1 }))) {
    const line = readLine(text);
    if (line.kind === 'event') lastId = line.event.id;
  }
  return lastId;
}
