/** Largest body of a request, in bytes. */
export const MOST_BYTES = 2 * 1024 * 1024;

export type ReadBody =
  | { readonly kind: 'text'; readonly text: string }
  /** `gone`: whoever sent it went away in the middle. */
  | { readonly kind: 'too_large' | 'no_text' | 'gone' };

/** Whatever `content-length` says, no more than `MOST_BYTES` are ever in memory. */
export async function readBody(request: Request): Promise<ReadBody> {
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES) return { kind: 'too_large' };
  if (request.body === null) return { kind: 'text', text: '' };
  const reader = request.body.getReader();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      bytes += read.value.byteLength;
      if (bytes > MOST_BYTES) {
        void reader.cancel().catch(() => undefined);
        return { kind: 'too_large' };
      }
      pieces.push(read.value);
    }
  } catch {
    return { kind: 'gone' };
  }
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces)) };
  } catch {
    return { kind: 'no_text' };
  }
}
