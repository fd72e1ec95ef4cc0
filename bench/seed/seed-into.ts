import { openPostgresInbox } from '../../src/inbox/postgres/postgres-inbox.ts';
import { openSqliteInbox } from '../../src/inbox/sqlite/sqlite-inbox.ts';
import { Secret } from '../../src/shared/secret.ts';
import { type SeedOptions, seed } from './seed.ts';

/** Seeds the database at a path or a `postgres://` address. */
export function seedInto(place: string, options: SeedOptions): Promise<void> {
  return /^postgres(ql)?:/.test(place)
    ? seed((clock) => openPostgresInbox({ url: new Secret(place), clock }), options)
    : seed((clock) => openSqliteInbox({ path: place, clock }), options);
}
