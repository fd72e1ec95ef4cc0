/** How bytes of a signature are written in a header. `hex` in lower case, `base64` with its padding, `base64url` without. */
export type SignatureEncoding = 'hex' | 'base64' | 'base64url';

/**
 * The bytes, where the text is exactly how they are written: of that length, and no other spelling of them (upper-case hex,
 * base64 whose last letter holds bits that nobody reads), so that no change of a signature leaves it right. Null: it is not.
 */
export function signatureBytes(text: string, encoding: SignatureEncoding, length: number): Buffer | null {
  if (text.length > 2 * length) return null;
  const bytes = Buffer.from(text, encoding);
  return bytes.length === length && bytes.toString(encoding) === text ? bytes : null;
}
