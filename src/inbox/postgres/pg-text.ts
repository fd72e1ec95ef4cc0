import { createHash } from 'node:crypto';

/**
 * Postgres stores neither the character 0 nor half a surrogate pair in a text: both become U+FFFD. Bodies are bytes and stay
 * as they are.
 */
export function pgText<T extends string | null>(text: T): T {
  return (text === null ? null : text.toWellFormed().replaceAll('\0', '\uFFFD')) as T;
}

/** An index takes no more than 2,704 bytes of a row, compressed (nbtree's BTMaxItemSize). */
const LONGEST_KEY = 500;
const PREFIX = 400;

/** For texts that are compared and indexed: a long one is told apart by its digest, and so are two that `pgText` makes equal. */
export function pgKey<T extends string | null>(key: T): T {
  if (key === null) return key;
  const text = pgText<string>(key);
  if (text === key && text.length <= LONGEST_KEY) return key;
  const digest = createHash('sha256').update(key, 'utf16le').digest('base64');
  return `${pgText(text.slice(0, PREFIX))}#${digest}` as T;
}
