/** Why an event can be explained, and not decided again or shown whole. */
export function whyGone({ reason }: { readonly reason: string | null }): string {
  return reason === FORGOTTEN
    ? 'its headers and body were forgotten'
    : 'its headers and body are gone: `retention:` says how long they are kept';
}

/** The reason of an event that `forget` took the texts of. */
export const FORGOTTEN = 'forgotten';
