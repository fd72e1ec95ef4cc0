import type { Config } from '../config/config.ts';
import type { StoreHere } from '../config/describe/source-here.ts';
import { hasDatabase } from '../run/database.ts';
import type { Context } from './context.ts';

export function storeHere({ openArchive }: Context, config: Config): StoreHere {
  return { hasDatabase: () => hasDatabase(config), openArchive: () => openArchive(config, 'read') };
}
