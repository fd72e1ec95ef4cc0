import { fenceIn } from './block-signs.ts';

/** Follows fenced code over the lines of a text. */
export class Fences {
  #sign: string | null = null;

  /** Whether the next line is of one, be it its beginning or its end. */
  isCode(line: string): boolean {
    const sign = fenceIn(line);
    const isWithin = this.#sign !== null;
    if (this.#sign === null) this.#sign = sign;
    else if (sign?.startsWith(this.#sign) === true) this.#sign = null;
    return isWithin || sign !== null;
  }
}
