import type { WholeEvent } from '../../model/inbox/transfer.ts';
import { eventLine } from './event-line.ts';
import { frameOf } from './frames.ts';

/** A frame is what a cut file loses at most, and what compresses well. */
const FRAME_EVENTS = 256;
const FRAME_LENGTH = 4 * 1024 * 1024;

/** Lines of events in pieces that become one frame each. */
export function piecesOf(events: readonly WholeEvent[]): readonly string[] {
  const pieces: string[] = [];
  let lines: string[] = [];
  let length = 0;
  for (const event of events) {
    const line = eventLine(event);
    if (lines.length === FRAME_EVENTS || (lines.length > 0 && length + line.length > FRAME_LENGTH)) {
      pieces.push(lines.join(''));
      lines = [];
      length = 0;
    }
    lines.push(line);
    length += line.length;
  }
  if (lines.length > 0) pieces.push(lines.join(''));
  return pieces;
}

export async function framesOf(events: readonly WholeEvent[]): Promise<Buffer> {
  return Buffer.concat(await Promise.all(piecesOf(events).map(frameOf)));
}
