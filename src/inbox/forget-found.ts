export interface KeysAbout<Key> {
  readonly found: readonly Key[];
  /** The last that was looked at. Null: there are no more. */
  readonly last: Key | null;
}

/** Looks through a whole table in the order of its keys, and removes what is found. Returns how many that were. */
export async function forgetFound<Key>(
  first: Key,
  find: (after: Key) => Promise<KeysAbout<Key>>,
  remove: (keys: readonly Key[]) => Promise<number>,
): Promise<number> {
  let count = 0;
  for (let after: Key | null = first; after !== null; ) {
    const { found, last }: KeysAbout<Key> = await find(after);
    if (found.length > 0) count += await remove(found);
    after = last;
  }
  return count;
}
