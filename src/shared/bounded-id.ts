/** Ids and names of providers have at most 80 characters. What is much longer is none, and would only bloat an index. */
const LONGEST = 200;

/** What can be stored as an id or a name, without the white space around it. Null: there is none. */
export function boundedId(given: string | null | undefined): string | null {
  const id = given?.trim() ?? '';
  return id === '' || id.length > LONGEST ? null : id;
}
