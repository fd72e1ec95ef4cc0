/** What a value reads as; or why it cannot be told, in words. */
type Printed = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

/** No part of a line is longer: the rest of a value is not even looked at. */
const MOST = 1_000;

/** A number without `.0`, of a list each of its items. Never `null`, `undefined` or `[object Object]`. */
export function printed(value: unknown): Printed {
  if (Array.isArray(value)) return printedList(value);
  if (value === null) return { ok: false, why: 'it is null' };
  switch (typeof value) {
    case 'string':
      return { ok: true, text: value.slice(0, MOST) };
    case 'boolean':
    case 'bigint':
      return { ok: true, text: String(value) };
    case 'number':
      return printedNumber(value);
    default:
      return { ok: false, why: 'it has fields of its own, and one of them is told' };
  }
}

function printedList(items: readonly unknown[]): Printed {
  let text = '';
  for (const item of items) {
    const part: Printed = Array.isArray(item) ? { ok: false, why: 'a list in a list is no text' } : printed(item);
    if (!part.ok) return part;
    text += text === '' ? part.text : `, ${part.text}`;
    if (text.length > MOST) break;
  }
  return { ok: true, text };
}

/** What arithmetic leaves behind the fifteenth digit is its noise: 0.1 + 0.2 is 0.3. */
const DIGITS = 15;

function printedNumber(value: number): Printed {
  if (!Number.isFinite(value)) return { ok: false, why: 'it is no number that can be told' };
  if (Number.isInteger(value)) {
    return Number.isSafeInteger(value)
      ? { ok: true, text: String(value) }
      : { ok: false, why: 'it is too large a number: its last digits are not known' };
  }
  return { ok: true, text: String(Number(value.toPrecision(DIGITS))) };
}
