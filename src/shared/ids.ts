import { randomBytes, randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** Names this process among all workers: readable, and never the same twice. */
export function newOwner(): string {
  return `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`;
}

export function newGuid(): string {
  return randomUUID();
}

/** 32 random bytes as hex: a webhook secret or an admin token. */
export function newSecret(): string {
  return randomBytes(32).toString('hex');
}

/** A number in [0, 1), as an argument wherever chance decides. */
export type Random = () => number;
export const systemRandom: Random = () => Math.random();
