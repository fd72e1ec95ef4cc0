import { createHash } from 'node:crypto';

/** What makes the nth sample different from every other. */
export interface Scene {
  /** Counts from 0; the same n and now give the same bytes. */
  readonly n: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type Json = Readonly<Record<string, unknown>>;

/** `evt_3Q…`: the same for the same prefix, scene and `of`. */
export function id({ n, now }: Scene, prefix: string, of = ''): string {
  const digest = createHash('sha256').update(`${prefix} ${n} ${now} ${of}`).digest('base64');
  return `${prefix}_${digest.replace(/[^a-zA-Z0-9]/g, '').slice(0, 24)}`;
}

export function seconds({ now }: Scene): number {
  return Math.floor(now / 1000);
}
