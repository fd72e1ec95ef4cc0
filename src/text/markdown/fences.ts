import { fenceIn } from './block-signs.ts';

/** Follows fenced code over the lines of a text. */
export class Fences {
  #sign: string | null = null;

  /** Whether the next line is of one, be it its beginning or its end. */
  isCode(line: string): boolean {
    const open = this.#sign;
    const sign = fenceIn(line);
    if (sign === null) return open !== null;
    if (open === null) this.#sign = sign;
    else if (sign.startsWith(open)) this.#sign = null;
    return true;
  }
}
