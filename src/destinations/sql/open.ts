import type { Database } from './database.ts';
import { type Address, addressOf, addressProblem } from './shapes.ts';

/** Loads the driver of that database alone. @throws Error in words when it is no address */
export async function openDatabase(url: string, timeoutMs: number): Promise<Database> {
  const address: Address | null = addressOf(url);
  if (address === null) throw new Error(`The url of a database ${addressProblem(url) ?? 'is wrong.'}`);
  if (address.dialect === 'sqlite') return (await import('./sqlite.ts')).openSqlite(address);
  return (await import('./postgres.ts')).openPostgres(address, timeoutMs);
}
