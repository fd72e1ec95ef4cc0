/** What people and channels are called, by Slack's ids. */
export type Names = ReadonlyMap<string, string>;

/** `#general`, however it was written; null: nobody said. */
export function channelName(names: Names, id: string): string | null {
  const name = names.get(id);
  return name === undefined ? null : `#${name.replace(/^#/, '')}`;
}

export function personName(names: Names, id: string): string | null {
  return names.get(id)?.replace(/^@/, '') ?? null;
}
