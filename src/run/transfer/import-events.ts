import { FormatError, readLine } from '../../jobs/archive/read-line.ts';
import { CutOffError, DamagedError, readLines } from '../../jobs/archive/read-lines.ts';
import type { Transfer, WholeEvent } from '../../model/inbox/transfer.ts';

export interface Imported {
  readonly imported: number;
  /** They were here already. */
  readonly known: number;
  /** Why it ends before the file does, in words. Null: all of it was read. */
  readonly trouble: string | null;
}

/** What one call stores. */
const AT_ONCE = 256;
const BYTES_AT_ONCE = 4 * 1024 * 1024;

/**
 * Stores all events of a file that are whole. Called again with the same it stores nothing; cut off, it goes on where it was.
 * @throws FormatError when the file is not of this format and version: then nothing is stored; InboxUnavailableError
 */
export async function importEvents(
  inbox: Pick<Transfer, 'bringIn'>,
  input: AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<Imported> {
  let imported = 0;
  let known = 0;
  const result = (trouble: string | null) => ({ imported, known, trouble });
  try {
    for await (const events of batchesOf(input)) {
      for (const { status } of await inbox.bringIn(events)) {
        if (status === 'accepted') imported++;
        else known++;
      }
      if (signal.aborted) return result('it was interrupted');
    }
    return result(null);
  } catch (error) {
    if (!(error instanceof TroubleError)) throw error;
    return result(error.message);
  }
}

/** The rest cannot be read. */
class TroubleError extends Error {
  override readonly name = 'TroubleError';
}

async function* batchesOf(input: AsyncIterable<Buffer>): AsyncGenerator<readonly WholeEvent[]> {
  let events: WholeEvent[] = [];
  let bytes = 0;
  let trouble: string | null = null;
  const lines = eventsIn(input);
  for (;;) {
    const next = await lines.next().catch((error: unknown) => {
      if (!(error instanceof TroubleError)) throw error;
      trouble = error.message;
      return { done: true, value: undefined } as const;
    });
    if (next.done) break;
    events.push(next.value);
    bytes += next.value.body?.length ?? 0;
    if (events.length < AT_ONCE && bytes < BYTES_AT_ONCE) continue;
    yield events;
    events = [];
    bytes = 0;
  }
  if (events.length > 0) yield events;
  if (trouble !== null) throw new TroubleError(trouble);
}

async function* eventsIn(input: AsyncIterable<Buffer>): AsyncGenerator<WholeEvent> {
  let number = 0;
  try {
    for await (const text of readLines(input)) {
      number++;
      const line = readLine(text);
      if (number === 1 && line.kind !== 'header') throw new FormatError('its first line does not say what it is');
      if (line.kind === 'event') yield line.event;
    }
  } catch (error) {
    if (error instanceof FormatError && number > 1) throw new TroubleError(`line ${number}: ${error.message}`);
    if (error instanceof CutOffError || error instanceof DamagedError) throw new TroubleError(error.message);
    throw error;
  }
  if (number === 0) throw new FormatError('it is empty');
}
