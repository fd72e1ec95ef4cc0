import { formsOf } from './secret-forms.ts';
import { SHAPES, TRACE } from './secret-shapes.ts';

// The one mechanism that keeps secrets out of logs, terminals, answers and the database (ADR 18). What is a `Secret`, or came
// out of a variable, is known to it from then on, for as long as the process lives; what only looks like one it knows by shape.

/** Longest first, so that a part never hides that the whole stands there. */
let known: readonly (readonly [form: string, shown: string])[] = [];
const remembered = new Set<string>();
const pending: string[] = [];

/** From now on it is masked, in every spelling, wherever `redact` looks. */
export function remember(secret: string): void {
  if (remembered.has(secret)) return;
  remembered.add(secret);
  pending.push(secret);
}

/** The text without the secrets in it. JSON stays JSON. */
export function redact(text: string): string {
  if (pending.length > 0) learn();
  let clean = masked(text, known);
  if (!TRACE.test(clean)) return clean;
  for (const { pattern, shown } of SHAPES) clean = clean.replace(pattern, shown);
  return clean;
}

/** The text without `secret` in any spelling: for what is one only here, such as the path of an endpoint in its answer. */
export function without(text: string, secret: string): string {
  return masked(text, formsOf(secret));
}

/** The same for every text in plain data; names of keys too. What is no plain data stays as it is. */
export function redactAll<T>(value: T): T {
  return redacted(value) as T;
}

function masked(text: string, forms: Iterable<readonly [form: string, shown: string]>): string {
  let clean = text;
  for (const [form, shown] of forms) if (clean.includes(form)) clean = clean.replaceAll(form, () => shown);
  return clean;
}

function redacted(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [redactedKey(key), redacted(each)]));
}

/** Of names that come again in every row. */
const MOST_KEYS = 1_000;
const cleanKeys = new Set<string>();

function redactedKey(key: string): string {
  if (pending.length > 0) learn();
  if (cleanKeys.has(key)) return key;
  const clean = redact(key);
  if (clean === key && key.length <= 40) {
    if (cleanKeys.size >= MOST_KEYS) cleanKeys.clear();
    cleanKeys.add(key);
  }
  return clean;
}

function learn(): void {
  const forms = new Map(known);
  for (const secret of pending.splice(0)) for (const [form, shown] of formsOf(secret)) forms.set(form, shown);
  known = [...forms].toSorted(([a], [b]) => b.length - a.length);
  cleanKeys.clear();
}
