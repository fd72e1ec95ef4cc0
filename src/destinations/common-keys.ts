import * as z from 'zod/mini';
import { numberWithin } from '../config/parts/values.ts';
import type { Key } from '../model/plugin/plugin.ts';

// Keys of tidings.yaml that several types of destinations have, in the same words.

/** `what`: `an answer`. */
export function timeoutKey(what: string) {
  return {
    value: z._default(numberWithin(100, 120_000, ' milliseconds', 'whole'), 10_000),
    without: '`10000`',
    text: `How long to wait for ${what}, in milliseconds: 100 to 120000.`,
  } as const satisfies Key;
}

/** `things`: `messages`. `text` says what more than one costs. */
export function concurrencyKey(things: string, text: string) {
  return {
    value: z._default(numberWithin(1, 64, ` ${things} at once`, 'whole'), 1),
    without: '`1`',
    text,
  } as const satisfies Key;
}

/** `text`: where the number comes from. `things`: what is counted. */
export function perMinuteKey(count: number, text: string, things = 'messages') {
  return {
    value: z._default(numberWithin(0, 1000, ` ${things} a minute; 0 means no pace`), count),
    without: `\`${count}\``,
    text,
  } as const satisfies Key;
}
