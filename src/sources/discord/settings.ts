/** Which of an app's two addresses a source is: they greet, and are answered, differently. */
export const ENDPOINTS = ['interactions', 'webhook-events'] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** What people, channels and products are called, by Discord's ids. */
export type Names = ReadonlyMap<string, string>;

/**
 * Null: nobody said. An id that stands in YAML without quotes is a number there, and lost its last digits: it is known by those that
 * are left, since no two ids lie so near to each other.
 */
export function known(names: Names, id: string | null): string | null {
  return id === null ? null : (names.get(id) ?? names.get(String(Number(id))) ?? null);
}
