import { keepAside } from '../../jobs/archive/keep-aside.ts';
import type { Transfer } from '../../model/inbox/transfer.ts';
import type { KeepAside, Retention } from '../../model/retention.ts';

/** Writes bodies down before they go, where that is wanted. */
export function archiveOf({ archiveTo }: Retention, inbox: Pick<Transfer, 'wholeOf'>): KeepAside | null {
  return archiveTo === null ? null : keepAside(archiveTo, inbox);
}
