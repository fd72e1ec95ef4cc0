import type { Destination, Message } from '../model/destination.ts';
import type { Notification } from '../model/notification.ts';
import { describe } from '../text/describe.ts';
import { sentence } from '../text/sentence.ts';
import { RETRY_FOR_A_DAY } from './retry-for-a-day.ts';

/** For a program, which gets each activity by itself, as fast as it takes them, and knows a repetition by its id. */
export function oneByOne(name: string, type: string, concurrency: number) {
  return {
    name,
    type,
    intervalMs: 0,
    concurrency,
    digestOver: null,
    digestMax: 1,
    onUnknown: 'resend',
    retry: RETRY_FOR_A_DAY,
    describe: (message) => sentence(only(message).activity),
  } as const satisfies Partial<Destination>;
}

/** For people, who read from top to bottom: order matters more than speed, and of much that waits they get a digest. */
export function inOrder(name: string, type: string, intervalMs: number) {
  return {
    name,
    type,
    intervalMs,
    concurrency: 1,
    digestOver: 2,
    digestMax: 1000,
    // Told twice is a nuisance, never told is a fault.
    onUnknown: 'resend',
    retry: RETRY_FOR_A_DAY,
    describe,
  } as const satisfies Partial<Destination>;
}

/** The pace that so many a minute make, ms. 0 a minute: none. */
export function paceOf(perMinute: number): number {
  return perMinute === 0 ? 0 : Math.ceil(60_000 / perMinute);
}

/** The one that a message is about, where `digestOver` is null. */
export function only(message: Message): Notification {
  if (message.kind === 'single') return message.notification;
  throw new Error('Whoever is told one by one takes no digests: digestOver is null.');
}
