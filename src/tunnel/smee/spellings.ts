/** Lower-case first: where both are possible, one of them is written by far more programs. */
const STEPS: readonly ((json: string) => string)[] = [
  // Rails and Go write what is dangerous inside HTML and JavaScript so.
  (json) => escaped(json, /[<>&\u2028\u2029]/g),
  (json) => escaped(json, /[\u0080-\uffff]/g),
  (json) => json.replaceAll('/', '\\/'),
  upperCaseEscapes,
];

/**
 * How the sender may have written `value` before somebody parsed it: JSON has several spellings of one string, and a
 * signature covers one. At most 16, the likeliest first, each once. What parsing loses for good is not among them:
 * `1.0`, integers above 2^53, keys given twice.
 */
export function* spellings(value: unknown): Generator<string> {
  const plain = JSON.stringify(value);
  const seen = new Set<string>();
  for (let choice = 0; choice < 2 ** STEPS.length; choice++) {
    const json = STEPS.reduce((text, step, index) => (choice & (1 << index) ? step(text) : text), plain);
    if (seen.has(json)) continue;
    seen.add(json);
    yield json;
  }
}

/** A form's field as browsers write it, and as URLs have it. */
export function* formSpellings(fields: Readonly<Record<string, unknown>>): Generator<string> {
  const pairs = Object.entries(fields).map(([name, value]) => [name, String(value)] as const);
  yield new URLSearchParams(Object.fromEntries(pairs)).toString();
  yield pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}

function escaped(json: string, characters: RegExp): string {
  return json.replace(characters, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `\u001b` → `\u001B`. A backslash before the backslash makes it a plain `u`. */
function upperCaseEscapes(json: string): string {
  return json.replace(/\\(?:u[0-9a-f]{4}|[^])/g, (found) =>
    found.length === 6 ? `\\u${found.slice(2).toUpperCase()}` : found,
  );
}
