import { inspect } from 'node:util';
import { remember } from './secrets/redact.ts';
import { MASK } from './secrets/secret-shapes.ts';

/**
 * A value that never prints itself: not in logs, JSON, templates or the inspector. `reveal()` is the only way out, and what
 * was revealed and comes back, in an error or an answer, is masked there (redact.ts).
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    remember(value);
  }

  static of(value: string | Secret): Secret {
    return value instanceof Secret ? value : new Secret(value);
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
