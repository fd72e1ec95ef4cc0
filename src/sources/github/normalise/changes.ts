import { isObject, type Payload, read } from '../../../shared/payload.ts';
import { wordsWithin } from '../../../text/plain.ts';
import { enumerated, spaced } from '../../../text/words.ts';

/** At most 60 characters of one value. */
const VALUE_LIMIT = 60;

/** `write → admin`; null when it was the same before. A switch that was never touched is off. */
export function fromTo(before: unknown, now: unknown): string | null {
  const isSwitch = typeof before === 'boolean' || typeof now === 'boolean';
  const [from, to] = [before, now].map((value) => valueText(isSwitch ? (value ?? false) : value));
  return from === to ? null : `${from} → ${to}`;
}

/** What a setting holds, in words: `on`, `2`, `lint, test`, `none`. */
export function valueText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' && value !== '') return cutValue(value);
  if (Array.isArray(value)) return cutValue(enumerated(value.filter((each) => typeof each === 'string')) ?? 'none');
  return isObject(value) ? 'changed' : 'none';
}

/** The keys of GitHub's `changes`: what somebody edited, and its value before. */
export function changedKeys(payload: Payload): readonly string[] {
  const changes = read(payload, 'changes');
  return isObject(changes) ? Object.keys(changes).filter((key) => isObject(changes[key])) : [];
}

/**
 * `admin enforced: off → on` for a key of `changes` and the object that holds its value now; null when it is as it was,
 * only the label when the value is not there.
 */
export function changeFact(payload: Payload, key: string, now: unknown, label = spaced(key)): string | null {
  if (!isObject(now) || now[key] === undefined) return label;
  const change = fromTo(read(payload, `changes.${key}.from`), now[key]);
  return change === null ? null : `${label}: ${change}`;
}

function cutValue(value: string): string {
  const line = value.replace(/\s+/g, ' ').trim();
  return wordsWithin(line, VALUE_LIMIT);
}
