/** Why a database of another schema cannot be copied from, or to, and what helps. */
export function schemaWords(name: string, found: number, newest: number, way: 'from' | 'to'): string {
  if (found > newest) return `${name} has schema ${found}, this Tidings knows up to ${newest}: use the newer Tidings.`;
  const what = found === 0 ? 'holds no tables of Tidings' : `has schema ${found}, not yet ${newest}`;
  const fix = found === 0 ? '' : ' Bring it there first: set DATABASE_URL to it and run `tidings migrate`.';
  return `${name} ${what}: it cannot be copied ${way}.${fix}`;
}
