import { isNestedTooDeep, mayNestTooDeep } from './nesting.ts';

/** No form of a webhook has more fields: others are left out. */
const MOST_FIELDS = 1_000;

/** Names and values joined by `=` and `&`, as browsers send them. */
const FORM = /^[^\s=&]+=[^\s&]*(?:&[^\s&]*)*$/;

/**
 * What a body says, whatever it is: JSON; a form, of whose fields the first value counts, or the JSON in its field `payload`; else its
 * text. Never throws.
 */
export function anyPayload(body: Buffer): unknown {
  const text = body.toString('utf8').replace(/^\ufeff/, '');
  const json = parsed(text);
  if (json !== undefined) return json;
  if (!FORM.test(text.trim())) return text;
  const fields = firstValues(text.trim());
  return parsed(fields['payload'] ?? '') ?? fields;
}

/** Undefined: it is no object or list, or one nested deeper than any real payload. */
function parsed(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    const json: unknown = JSON.parse(text);
    return mayNestTooDeep(text) && isNestedTooDeep(json) ? undefined : json;
  } catch {
    return undefined;
  }
}

function firstValues(form: string): Readonly<Record<string, string>> {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(form)) {
    if (fields.size >= MOST_FIELDS) break;
    if (!fields.has(name)) fields.set(name, value);
  }
  return Object.fromEntries(fields);
}
