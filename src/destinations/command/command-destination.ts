import { basename } from 'node:path';
import type { Destination, Message } from '../../model/destination.ts';
import type { Notification } from '../../model/notification.ts';
import type { Clock } from '../../shared/clock.ts';
import { sentence } from '../../text/sentence.ts';
import { activityBody } from '../activity-body.ts';
import { RETRY_FOR_A_DAY } from '../retry-for-a-day.ts';
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
    name,
    type: 'command',
    intervalMs: 0,
    concurrency,
    digestOver: null,
    digestMax: 1,
    // The program knows a repetition by TIDINGS_ID.
    onUnknown: 'resend',
    retry: RETRY_FOR_A_DAY,
    describe: (message) => sentence(only(message).activity),
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

function only(message: Message): Notification {
  if (message.kind === 'single') return message.notification;
  throw new Error('A command takes no digests: digestOver is null.');
}
