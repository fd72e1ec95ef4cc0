import type { Clock } from '../shared/clock.ts';
import { aborted } from './aborted.ts';
import type { CliIo } from './cli-io.ts';

/** Once told to stop, it waits this long for a reader who does not read. */
const PATIENCE_MS = 500;

/**
 * Resolves when everything printed was taken, however slow the reader is; or when somebody who stopped the program has
 * waited long enough. @throws Error when the last of the data could not be written
 */
export async function hasArrived(io: CliIo, clock: Clock): Promise<void> {
  const talk = io.stderr.written().catch(() => {});
  const taken = Promise.all([io.stdout.written(), talk]);
  const patience = aborted(io.stop).then(() => new Promise<void>((resolve) => void clock.after(PATIENCE_MS, resolve)));
  await Promise.race([taken, aborted(io.force), patience]);
}
