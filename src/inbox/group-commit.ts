import type { NewEvent } from '../model/event.ts';
import type { Appended } from '../model/inbox/intake.ts';
import type { Batch, PackedEvent } from './batch.ts';

/** Commits a batch; rejects when none of it was stored. The parts' memory may be taken over. */
export type Commit = (batch: Batch) => Promise<readonly Appended[]>;

interface Entry {
  readonly event: NewEvent;
  readonly headers: Buffer;
  resolve(result: Appended): void;
  reject(error: unknown): void;
}

/** One commit writes at most this much; the rest goes into the next. */
const BATCH_EVENTS = 256;
const BATCH_BYTES = 8 * 1024 * 1024;
/** Reading one body unpacks its whole part: small enough for that, large enough to compress well. */
const PART_BYTES = 512 * 1024;

/**
 * Events that arrive while a commit runs, or within one turn of the event loop, are written together in the next: the fsync,
 * the longest step by far, is paid once for all of them. A turn lasts as long as what it has to do: an event that comes alone
 * waits for nobody. At 64 connections a commit takes 64 events instead of 32, which saves a fifth of the CPU time of each.
 */
export class GroupCommit {
  readonly #commit: Commit;
  readonly #now: () => number;
  readonly #most: number;
  #queue: Entry[] = [];
  #underWay = 0;
  #isCollecting = false;

  /** `most`: batches under way at once. */
  constructor(commit: Commit, now: () => number, most: number) {
    this.#commit = commit;
    this.#now = now;
    this.#most = most;
  }

  append(event: NewEvent): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ event, headers: Buffer.from(JSON.stringify(event.headers)), resolve, reject });
      this.#pumpAfterTurn();
    });
  }

  #pumpAfterTurn(): void {
    if (this.#isCollecting || this.#queue.length === 0 || this.#underWay >= this.#most) return;
    this.#isCollecting = true;
    setImmediate(() => {
      this.#isCollecting = false;
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#queue.length > 0 && this.#underWay < this.#most) {
      this.#underWay += 1;
      void this.#run(this.#take());
    }
  }

  #take(): readonly Entry[] {
    let count = 0;
    let bytes = 0;
    for (const { event } of this.#queue) {
      if (count === BATCH_EVENTS || (count > 0 && bytes + event.body.length > BATCH_BYTES)) break;
      bytes += event.body.length;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  async #run(entries: readonly Entry[]): Promise<void> {
    try {
      const results = await this.#commit(pack(entries, this.#now()));
      entries.forEach((entry, index) => {
        const result = results[index];
        if (result === undefined) entry.reject(new Error('the commit answered fewer events than it was given'));
        else entry.resolve(result);
      });
    } catch (error) {
      for (const entry of entries) entry.reject(error);
    } finally {
      this.#underWay -= 1;
      this.#pumpAfterTurn();
    }
  }
}

/** Lays headers and bodies end to end, in parts of about PART_BYTES that own their memory and can change threads. */
function pack(entries: readonly Pick<Entry, 'event' | 'headers'>[], now: number): Batch {
  const events: PackedEvent[] = [];
  const parts: Uint8Array[] = [];
  for (let from = 0; from < entries.length; ) {
    let to = from;
    let size = 0;
    for (let entry = entries[to]; entry !== undefined && (to === from || size < PART_BYTES); entry = entries[++to]) {
      size += entry.headers.length + entry.event.body.length;
    }
    const bytes = Buffer.allocUnsafeSlow(size);
    let offset = 0;
    for (const { event, headers } of entries.slice(from, to)) {
      const bodySize = event.body.length;
      headers.copy(bytes, offset);
      event.body.copy(bytes, offset + headers.length);
      events.push({
        source: event.source,
        origin: event.origin,
        deliveryId: event.deliveryId,
        guid: event.guid,
        type: event.type,
        receivedAt: event.receivedAt,
        secretNo: event.secretNo,
        part: parts.length,
        offset,
        headersSize: headers.length,
        bodySize,
      });
      offset += headers.length + bodySize;
    }
    parts.push(bytes);
    from = to;
  }
  return { events, parts, now };
}
