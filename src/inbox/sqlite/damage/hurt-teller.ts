import type { EventId } from '../../../model/event.ts';

/** `lane`: whose notifications of these events cannot be read. Empty: the events themselves. */
export type HurtTeller = (lane: string, events: readonly EventId[]) => void;

/** Says once of each event that it is passed over, and what to do. */
export function hurtTeller({ onDamage }: { readonly onDamage?: ((words: string) => void) | undefined }): HurtTeller {
  const told = new Set<string>();

  return (lane, events) => {
    const fresh = events.filter((id) => !told.has(`${lane} ${id}`));
    if (fresh.length === 0) return;
    for (const id of fresh) told.add(`${lane} ${id}`);
    const what = lane === '' ? '' : `what waits for "${lane}" of `;
    const which = fresh.length === 1 ? `event ${fresh[0]}` : `events ${fresh.slice(0, 20).join(', ')}`;
    onDamage?.(
      `the database is damaged: ${what}${which} cannot be read and ${fresh.length === 1 ? 'is' : 'are'} passed over. \`tidings check\` says what else is hurt`,
    );
  };
}
