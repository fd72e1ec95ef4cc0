/** Why an event can be explained, and not decided again or shown whole. */
export function whyGone({
  reason,
  damage,
}: {
  readonly reason: string | null;
  readonly damage?: string | undefined;
}): string {
  if (damage !== undefined) return damageWords(damage);
  return reason === FORGOTTEN
    ? 'its headers and body were forgotten'
    : 'its headers and body are gone: `retention:` says how long they are kept';
}

/** Also the reason of an event that cannot be decided for it. */
export function damageWords(damage: string): string {
  return `its body is damaged: ${damage}`;
}

/** The reason of an event that `forget` took the texts of. */
export const FORGOTTEN = 'forgotten';

/** For the SHA-256 of a body that cannot be read: none is this. */
export const NO_DIGEST: Buffer = Buffer.alloc(32);
