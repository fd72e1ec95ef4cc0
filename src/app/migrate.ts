import type { Migration } from '../surface/cli/app-port.ts';
import { readAddress } from '../surface/config/database-address.ts';
import { loadConfig } from '../surface/config/load-config.ts';
import type { Surroundings } from './surroundings.ts';

/** The database's schema, and moving all of a database to another. Both engines are loaded by who asks. */
export function migration({ env, cwd }: Surroundings): Migration {
  const configured = async () => (await loadConfig({ env, cwd, readOnly: true, purpose: 'read' })).database;
  const schema = () => import('../inbox/schema.ts');
  const copying = () => import('./copy-database.ts');
  return {
    schema: async () => (await schema()).schemaOf(await configured()),
    upgrade: async () => (await schema()).upgrade(await configured()),
    address: (text) => readAddress(text, { env, cwd }),
    count: async (from, to) => (await copying()).countDatabase(from, to),
    copy: async (from, to, onProgress) => (await copying()).copyDatabase(from, to, onProgress),
  };
}
