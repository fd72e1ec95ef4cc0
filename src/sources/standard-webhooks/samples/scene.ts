import { createHash } from 'node:crypto';
import type { Scene } from '../../../model/plugin/samples.ts';

export type Json = Readonly<Record<string, unknown>>;

/** `evt_3Q…`: the same for the same prefix, scene and `of`. */
export function id({ n, now }: Scene, prefix: string, of = ''): string {
  const digest = createHash('sha256').update(`${prefix} ${n} ${now} ${of}`).digest('base64');
  return `${prefix}_${digest.replace(/[^a-zA-Z0-9]/g, '').slice(0, 24)}`;
}

export function seconds({ now }: Scene): number {
  return Math.floor(now / 1000);
}
