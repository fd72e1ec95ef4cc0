import { randomBytes } from 'node:crypto';

/** Secrets that are nobody's, and that nothing may show: each once, so that a leak says which it was. */
export class Canaries {
  readonly #born = new Map<string, string>();

  /** `shape` makes a secret of some form out of 24 letters and digits that occur nowhere else. */
  make(name: string, shape: (key: string) => string = (key) => key): string {
    // Never digits alone, and never a letter that base64 or an address would write otherwise.
    const key = `k${randomBytes(12).toString('hex').slice(0, 22)}7`;
    this.#born.set(name, key);
    return shape(key);
  }

  /** What of them shows in a text, in any spelling. */
  foundIn(shown: string | Buffer): readonly string[] {
    const text = typeof shown === 'string' ? shown : shown.toString('latin1');
    return [...this.#born].flatMap(([name, key]) => (spellings(key).some((each) => text.includes(each)) ? [name] : []));
  }
}

/** By itself, in hexadecimal, and in base64 wherever it begins. Only letters and digits: an address writes it as it is. */
function spellings(key: string): readonly string[] {
  const base64 = ['', 'x', 'xx'].map((before) =>
    Buffer.from(`${before}${key}`)
      .toString('base64')
      .replaceAll('=', '')
      .slice(before === '' ? 0 : 4, -2),
  );
  return [key, encodeURIComponent(key), ...base64];
}
