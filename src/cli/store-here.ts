import type { Config } from '../config/config.ts';
import { hasDatabase } from '../run/database.ts';
import type { StoreHere } from '../run/source-here.ts';
import type { Context } from './context.ts';

export function storeHere({ openArchive }: Context, config: Config): StoreHere {
  return { hasDatabase: () => hasDatabase(config), openArchive: () => openArchive(config, 'read') };
}
