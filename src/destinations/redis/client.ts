import type * as Ioredis from 'ioredis';
import { loadPackages } from '../optional-packages.ts';

export type Client = typeof Ioredis;

/**
 * https://github.com/redis/ioredis
 * @throws Error in words when it is not there
 */
export function loadClient(folders?: string[]): Client {
  const [ioredis] = loadPackages('Redis', ['ioredis'], folders);
  return ioredis as Client;
}
