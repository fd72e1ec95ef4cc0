/** What a column holds as JSON. Null: nothing, or what damage has left of it. */
export function parsedOrNull(json: string | null): ReturnType<typeof JSON.parse> {
  if (json === null) return null;
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
