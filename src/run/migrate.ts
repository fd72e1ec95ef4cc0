import { loadConfig } from '../config/load-config.ts';
import { readAddress } from '../config/read/database-address.ts';
import type { Migration } from './app-port.ts';
import { EVENT_TABLE } from './event-table.ts';
import type { Surroundings } from './surroundings.ts';

/** The database's schema, and moving all of a database to another. Both engines are loaded by who asks. */
export function migration({ env, cwd }: Surroundings): Migration {
  const configured = async () =>
    (await loadConfig({ env, cwd, readOnly: true, purpose: 'read', catalog: EVENT_TABLE })).database;
  const schema = () => import('../inbox/schema.ts');
  const copying = () => import('./copy-database.ts');
  return {
    schema: async () => (await schema()).schemaOf(await configured()),
    upgrade: async ({ copies }) => (await schema()).upgrade(await configured(), copies),
    address: (text) => readAddress(text, { env, cwd }),
    count: async (from, to) => (await copying()).countDatabase(from, to),
    copy: async (from, to, onProgress) => (await copying()).copyDatabase(from, to, onProgress),
  };
}
