import type { Database } from './database.ts';
import { type Address, addressOf, addressProblem } from './shapes.ts';

/** Loads the driver of that database alone. @throws Error in words when it is no address, or its driver is not installed */
export async function openDatabase(url: string, timeoutMs: number): Promise<Database> {
  const address: Address | null = addressOf(url);
  if (address === null) throw new Error(`The url of a database ${addressProblem(url) ?? 'is wrong.'}`);
  if (address.dialect === 'sqlite') return (await import('./sqlite.ts')).openSqlite(address);
  if (address.dialect === 'mysql') return (await import('./mysql.ts')).openMysql(address, timeoutMs);
  return (await import('./postgres.ts')).openPostgres(address, timeoutMs);
}
