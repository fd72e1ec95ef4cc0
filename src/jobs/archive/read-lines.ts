import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { hasCode } from '../../shared/files/has-code.ts';
import { type FramePiece, FrameSplitter, isZstd } from './frames.ts';
import { FormatError } from './read-line.ts';

/** The file ends in the middle of something. All that is whole was read before this was thrown. */
export class CutOffError extends Error {
  override readonly name = 'CutOffError';
}

/** Its bytes are not those that were written. All before them was read before this was thrown. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError';
}

/** No body is nearly as large. */
const LONGEST_LINE = 256 * 1024 * 1024;
const NEWLINE = 10;

/** The lines of a file, compressed or not, as they come. @throws CutOffError; DamagedError; FormatError */
export async function* readLines(input: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let length = 0;
  let ending: Error | undefined;
  const content = contentOf(input);
  for (;;) {
    const next = await content.next().catch((error: unknown) => {
      ending = error instanceof Error ? error : new Error(String(error));
      return { done: true, value: undefined } as const;
    });
    if (next.done) break;
    let from = 0;
    for (let at = next.value.indexOf(NEWLINE); at >= 0; at = next.value.indexOf(NEWLINE, from)) {
      yield Buffer.concat([...parts, next.value.subarray(from, at)]).toString('utf8');
      parts = [];
      length = 0;
      from = at + 1;
    }
    if (from === next.value.length) continue;
    parts.push(next.value.subarray(from));
    length += next.value.length - from;
    if (length > LONGEST_LINE) throw new DamagedError('there is a line in it that is too long for an event');
  }
  const rest = Buffer.concat(parts).toString('utf8');
  if (isJson(rest)) yield rest;
  if (ending !== undefined) throw ending;
  if (rest !== '' && !isJson(rest)) throw new CutOffError('it ends in the middle of a line');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function* contentOf(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = input[Symbol.asyncIterator]();
  let start: Buffer = Buffer.alloc(0);
  while (start.length < 4) {
    const { done, value } = await chunks.next();
    if (done) break;
    start = Buffer.concat([start, value]);
  }
  const all = startingWith(start, chunks);
  refuseOther(start);
  if (isZstd(start)) yield* decoded(piecesOf(all));
  else yield* all;
}

/** What people take for such a file. @throws FormatError */
function refuseOther(start: Buffer): void {
  if (start[0] === 0x1f && start[1] === 0x8b)
    throw new FormatError('it is compressed with gzip: unpack it first, as with gunzip');
  if (start.toString('latin1').startsWith('SQLi'))
    throw new FormatError('it is a database: `npx tidings migrate --from … --to …` copies one');
}

async function* startingWith(start: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

async function* piecesOf(input: AsyncIterable<Buffer>): AsyncGenerator<FramePiece> {
  const splitter = new FrameSplitter();
  try {
    for await (const chunk of input) yield* splitter.push(chunk);
  } catch (error) {
    if (error instanceof SyntaxError) throw new DamagedError(error.message, { cause: error });
    throw error;
  }
  if (!splitter.isWhole) throw new CutOffError('it ends in the middle of a zstd frame');
}

async function* decoded(pieces: AsyncGenerator<FramePiece>): AsyncGenerator<Buffer> {
  for (let first = await pieces.next(); !first.done; first = await pieces.next()) {
    const decoder = createZstdDecompress();
    const feeding = pipeline(oneFrame(first.value, pieces), decoder);
    // Said by the decoder too.
    feeding.catch(() => undefined);
    try {
      yield* decoder as AsyncIterable<Buffer>;
    } catch (error) {
      throw inWords(error);
    }
  }
}

async function* oneFrame(first: FramePiece, pieces: AsyncGenerator<FramePiece>): AsyncGenerator<Buffer> {
  for (let piece = first; ; ) {
    yield piece.bytes;
    if (piece.isEnd) return;
    const next = await pieces.next();
    if (next.done) return;
    piece = next.value;
  }
}

function inWords(error: unknown): unknown {
  if (hasCode(error, 'Z_BUF_ERROR')) return new CutOffError('it ends in the middle of a zstd frame', { cause: error });
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('ZSTD_')) {
    return new DamagedError(`its zstd cannot be decoded: ${error.message}`, { cause: error });
  }
  return error;
}
