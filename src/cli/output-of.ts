import { fstatSync, writeSync } from 'node:fs';
import type { Output } from './cli-io.ts';

type Chunk = string | Uint8Array;
type Stream = Pick<NodeJS.WriteStream, 'write' | 'on' | 'isTTY' | 'columns'> & { readonly fd?: number };

/** Standard output, or standard error. A reader who has gone (`| head`) is no error: what is written after that is dropped. */
export function outputOf(stream: Stream, onClosed: () => void): Output {
  const put = stream.fd !== undefined && isFile(stream.fd) ? intoFile(stream.fd) : intoStream(stream);
  let isOpen = true;
  let last = Promise.resolve();

  function end(): void {
    if (isOpen) onClosed();
    isOpen = false;
  }

  async function write(chunk: Chunk): Promise<void> {
    try {
      await put(chunk);
    } catch (error) {
      if (!isGone(error, stream))
        throw new Error(`The output cannot be written: ${messageOf(error)}`, { cause: error });
      end();
    }
  }

  // Without a listener it would end the process. Whoever wrote hears of it.
  stream.on('error', (error: unknown) => {
    if (isGone(error, stream)) end();
  });
  return {
    write(chunk) {
      if (!isOpen) return Promise.resolve();
      last = write(chunk);
      last.catch(() => {});
      return last;
    },
    written: () => last,
    isTTY: stream.isTTY ?? false,
    get columns() {
      // A terminal that does not know its width says 0.
      return stream.columns || 80;
    },
  };
}

function intoStream(stream: Stream): (chunk: Chunk) => Promise<void> {
  return (chunk) =>
    new Promise((resolve, reject) => {
      stream.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
}

/** Node's own stream for files writes once and takes the part that found room on a disk for the whole. */
function intoFile(fd: number): (chunk: Chunk) => Promise<void> {
  return async (chunk) => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
  };
}

function isFile(fd: number): boolean {
  return fstatSync(fd).isFile();
}

/** A terminal that was closed answers EIO. */
function isGone(error: unknown, { isTTY }: Stream): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_STREAM_DESTROYED' || (isTTY && code === 'EIO');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
