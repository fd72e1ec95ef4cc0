import { basename } from 'node:path';
import type { Destination } from '../../model/destination.ts';
import type { Clock } from '../../shared/clock.ts';
import { activityBody } from '../activity-body.ts';
import { oneByOne, only } from '../lanes.ts';
import { environmentOf } from './environment.ts';
import { outcomeOf } from './outcome.ts';
import { run } from './run.ts';

export interface CommandOptions {
  readonly name: string;
  /** A program and its arguments. */
  readonly command: readonly string[];
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** A program that is started for every activity and reads it as JSON, a line, from its standard input. */
export function commandDestination({ name, command, concurrency, timeoutMs, clock }: CommandOptions): Destination {
  const program = basename(command[0] ?? '');
  return {
    // The program knows a repetition by TIDINGS_ID.
    ...oneByOne(name, 'command', concurrency),
    preview: async (message) => {
      const { shownCode } = await import('../../text/shown/blocks.ts');
      return shownCode(activityBody(only(message)), { program });
    },
    send: async (message, { signal, departure }) => {
      const notification = only(message);
      const input = `${JSON.stringify(activityBody(notification))}\n`;
      const env = environmentOf(notification);
      const may = (await departure?.mayLeave()) ?? true;
      if (!may || signal.aborted) return { kind: 'retry', reason: `${program} was not started` };
      const onStarted = () => departure?.hasLeft();
      const ended = await run({ command, env, input, limitMs: timeoutMs, clock, signal, onStarted });
      return outcomeOf(ended, program, timeoutMs);
    },
    async [Symbol.asyncDispose]() {},
  };
}
