import { redactAll } from '../../../shared/secrets/redact.ts';

/** Objects as lines of JSON, as fast as they are read. `onGone`: whoever reads them hung up. */
export function ndjson(values: AsyncIterable<unknown>, onGone: () => void): ReadableStream<Uint8Array> {
  const iterator = values[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(redactAll(value))}\n`));
    },
    async cancel() {
      onGone();
      await iterator.return?.();
    },
  });
}
