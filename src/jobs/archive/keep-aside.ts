import type { Transfer } from '../../model/inbox/transfer.ts';
import type { KeepAside } from '../../model/retention.ts';
import { archiveFolder } from './archive-folder.ts';

const AT_ONCE = 256;

/** Writes events down in a folder before their bodies go. Memory: about 4 MiB of bodies. */
export function keepAside(folder: string, inbox: Pick<Transfer, 'wholeOf'>): KeepAside {
  const archive = archiveFolder(folder);
  return async (ids) => {
    for (let rest = ids.toSorted((a, b) => a - b); rest.length > 0; ) {
      const some = rest.slice(0, AT_ONCE);
      const events = await inbox.wholeOf(some);
      const last = events.at(-1)?.id ?? some.at(-1) ?? 0;
      const kept = events.filter(({ body }) => body !== null);
      if (kept.length > 0) await archive.keep(kept);
      rest = rest.filter((id) => id > last);
    }
  };
}
