import { seeded } from '../../support/seeded.ts';
import type { Shutdown } from '../postgres-server.ts';
import type { StoreKind } from '../store.ts';
import { CUTS, type Mode } from './link.ts';

/** `slot` and `link` are taken modulo how many there are: who it hits beyond that is the machine's chance. */
export type Disturbance = { readonly atMs: number } & (
  | { readonly kind: 'kill' | 'restart'; readonly slot: number }
  | { readonly kind: 'freeze'; readonly slot: number; readonly forMs: number }
  | { readonly kind: 'full disk'; readonly forMs: number }
  /** Off by so much from now on. */
  | { readonly kind: 'clock'; readonly slot: number; readonly byMs: number }
  | { readonly kind: 'cut'; readonly link: number; readonly how: Mode; readonly forMs: number }
  | { readonly kind: 'server'; readonly how: Shutdown; readonly awayMs: number }
  | { readonly kind: 'backends'; readonly count: number }
);

type Kind = Disturbance['kind'];

const KILL_EVERY_MS = [2_500, 6_500] as const;
const OTHER_EVERY_MS = [4_000, 12_000] as const;

/** Those beside the kills; named twice is twice as often. */
const OTHERS: Readonly<Record<StoreKind, readonly Kind[]>> = {
  sqlite: ['restart', 'freeze', 'full disk', 'clock', 'clock', 'cut', 'cut'],
  postgres: ['restart', 'freeze', 'clock', 'cut', 'cut', 'cut', 'server', 'backends'],
};

/** ms; a step is the way from one to the next. */
const CLOCKS = [0, 0, 800, -800, 4_000, -4_000, 30_000, -30_000, 3_600_000, -3_600_000] as const;
const SHUTDOWNS: readonly Shutdown[] = ['kill -9', 'fast', 'immediate'];

/** What goes wrong when, for `totalMs`: the seed alone says it. */
export function scheduleOf(store: StoreKind, seed: number, totalMs: number): readonly Disturbance[] {
  const random = seeded(seed);
  const between = ([least, most]: readonly [number, number]) => Math.floor(least + random() * (most - least));
  const oneOf = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const slot = () => Math.floor(random() * 1_000);

  function other(atMs: number): Disturbance {
    const kind = oneOf(OTHERS[store]);
    switch (kind) {
      case 'kill':
      case 'restart':
        return { atMs, kind, slot: slot() };
      case 'freeze':
        return { atMs, kind, slot: slot(), forMs: between([500, 14_000]) };
      case 'full disk':
        return { atMs, kind, forMs: between([500, 4_000]) };
      case 'clock':
        return { atMs, kind, slot: slot(), byMs: oneOf(CLOCKS) };
      case 'cut':
        return { atMs, kind, link: slot(), how: oneOf(CUTS), forMs: between([500, 15_000]) };
      case 'server':
        return { atMs, kind, how: oneOf(SHUTDOWNS), awayMs: between([0, 3_000]) };
      case 'backends':
        return { atMs, kind, count: between([1, 6]) };
    }
  }

  const times = (every: readonly [number, number]): number[] => {
    const found: number[] = [];
    for (let at = between(every); at < totalMs; at += between(every)) found.push(at);
    return found;
  };
  const kills = times(KILL_EVERY_MS).map((atMs): Disturbance => ({ atMs, kind: 'kill', slot: slot() }));
  return [...kills, ...times(OTHER_EVERY_MS).map(other)].toSorted((a, b) => a.atMs - b.atMs);
}
