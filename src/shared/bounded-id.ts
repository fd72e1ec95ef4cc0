import { createHash } from 'node:crypto';

/** Ids and names of providers have at most 80 characters. What is much longer is none, and would only bloat an index. */
const LONGEST = 200;

/** What can be stored as an id or a name, without the white space around it. Null: there is none. */
export function boundedId(given: string | null | undefined): string | null {
  const id = given?.trim() ?? '';
  return id === '' || id.length > LONGEST ? null : id;
}

/**
 * Whether it can be an id that is signed in front of a time and a body. One that holds a beginning of JSON may have taken in a piece of
 * a captured body, up to digits that somebody wrote there, which would then be read as the time.
 */
export function isSignedId(id: string): boolean {
  return id !== '' && !/["[{]/.test(id);
}

/** What a body is called that says no id: its digest, which whoever sends it again cannot change. 64 hex digits. */
export function idOfBytes(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}
