import type { Destination } from '../../model/destination.ts';
import { systemClock } from '../../shared/clock.ts';
import { commandDestination as createCommand } from './command-destination.ts';

export interface CommandOptions {
  readonly name: string;
  /** A program, by an absolute path or a name on PATH, and its arguments. No shell reads them. */
  readonly command: readonly [program: string, ...args: string[]];
  /** Programs at once; more than 1 gives up order. Default 1. */
  readonly concurrency?: number;
  /** Default 30 s. */
  readonly timeoutMs?: number;
}

/** A program that is started for every activity and reads it as JSON from its standard input. */
export function commandDestination(options: CommandOptions): Destination {
  const { name, command, concurrency = 1, timeoutMs = 30_000 } = options;
  return createCommand({ name, command, concurrency, timeoutMs, clock: systemClock });
}
