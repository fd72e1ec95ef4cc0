import type { Fleet, Member } from './fleet.ts';

/** The worker behind a lease, while it lives. Owners are named host-pid-chance: src/shared/ids.ts. */
export function ownedBy(owner: string, { workers }: Fleet): Member | undefined {
  return workers.find(({ process }) => owner.split('-').at(-2) === String(process.child.pid));
}
