/**
 * Postgres stores neither the character 0 nor half a surrogate pair in a text: both become U+FFFD. Bodies are bytes and stay
 * as they are.
 */
export function pgText<T extends string | null>(text: T): T {
  return (text === null ? null : text.toWellFormed().replaceAll('\0', '\uFFFD')) as T;
}
