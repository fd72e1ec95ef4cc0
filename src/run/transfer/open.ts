import type { Config } from '../../config/config.ts';
import { openExisting, openInbox } from '../../inbox/open-inbox.ts';
import { schemaOf } from '../../inbox/schema.ts';
import type { Inbox } from '../../model/inbox.ts';
import { systemClock } from '../../shared/clock.ts';

/** To forget in, or (`read`) to see what there is to forget. @throws as `openToExport` */
export function openToForget({ database }: Pick<Config, 'database'>, access: 'read' | 'write'): Promise<Inbox> {
  return openExisting(database, systemClock, access);
}

/** To be read from, beside a running server or without one. @throws an Error whose message says why not */
export function openToExport({ database }: Pick<Config, 'database'>): Promise<Inbox> {
  return openExisting(database, systemClock, 'read');
}

/** To be written to; made where there is none. One of another schema is left to whoever runs on it. @throws as `openToExport` */
export async function openToImport({ database }: Pick<Config, 'database'>): Promise<Inbox> {
  const { found } = await schemaOf(database);
  return found === 0 ? openInbox(database, systemClock, {}) : openExisting(database, systemClock, 'write');
}
