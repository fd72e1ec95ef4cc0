import { textOrNull } from '../../../shared/payload.ts';
import { generic } from '../../../telling/generic.ts';
import type { Told } from '../../../telling/told.ts';
import type { SquareEvent } from './event.ts';

/** By its name: what has no words of its own, or is in a state that nobody knows yet. */
export function told({ name, action, payload }: SquareEvent): Told {
  const words = generic({ name: name.replace(/^labor\./, ''), action, payload, amounts: 'minor' });
  const ids = [textOrNull(payload, 'data.id'), textOrNull(payload, 'event_id')];
  const isId = typeof words.handle === 'string' && (ids.includes(words.handle) || /[\w:-]{13}/.test(words.handle));
  // Nobody calls anything by Square's ids.
  return isId ? { ...words, handle: null } : words;
}
