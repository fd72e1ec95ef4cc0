/** A login page, a proxy's or a shield's: no answer of an API. By the text alone: some send plain words as text/html. */
export function isPage(text: string): boolean {
  return /^\s*<[!?a-z]/i.test(text);
}

/** Null: it is no JSON object. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : null;
  } catch {
    return null;
  }
}
