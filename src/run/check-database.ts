import type { Config } from '../config/config.ts';
import { openExisting } from '../inbox/open-inbox.ts';
import type { EventId } from '../model/event.ts';
import type { HurtEvent } from '../model/inbox/integrity.ts';
import { systemClock } from '../shared/clock.ts';

export interface CheckListener {
  /** Before the events: `bytes` is what the engine reads. */
  onStructure(bytes: number): void;
  /** So many events until now. */
  onChecked(count: number): void;
  onHurt(event: HurtEvent): Promise<void>;
  /** Nobody wants more. */
  isOver(): boolean;
}

export interface Checked {
  /** In the engine's words. */
  readonly structure: readonly string[];
  readonly count: number;
  readonly hurt: number;
}

/** Some 10 ms: each is one transaction, and the log cannot be folded back behind it. */
const AT_ONCE = 200;

/**
 * Reads all that is kept, beside a running server or without one, and says what of it is not as it was written. Changes nothing.
 * @throws an Error that says why the database cannot be opened
 */
export async function checkDatabase({ database }: Pick<Config, 'database'>, told: CheckListener): Promise<Checked> {
  await using inbox = await openExisting(database, systemClock, 'read');
  told.onStructure((await inbox.storedSize()).bytes);
  const structure = await inbox.checkStructure();
  let count = 0;
  let hurt = 0;
  for (let after: EventId | null = 0; after !== null && !told.isOver(); ) {
    const page = await inbox.checkEvents(after, AT_ONCE);
    count += page.count;
    hurt += page.hurt.length;
    for (const event of page.hurt) await told.onHurt(event);
    after = page.lastId;
    told.onChecked(count);
  }
  return { structure, count, hurt };
}
