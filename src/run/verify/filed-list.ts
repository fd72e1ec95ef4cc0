/** What is wrong with a file of requests, where, in words. */
export class FiledRequestError extends Error {
  override readonly name = 'FiledRequestError';
}

export type Fields = Readonly<Record<string, unknown>>;

export interface FiledList {
  readonly requests: readonly unknown[];
  /** Its last line was cut off while it was written, and is left out. */
  readonly isCutShort: boolean;
}

/** What a list may be called, where the file is an object. */
const LISTS = ['requests', 'vectors'];

/** The text of a file, whatever program wrote it. @throws FiledRequestError */
export function fileText(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    // A mark at the start is dropped by the decoder.
    return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const message = 'It is no UTF-8: a body of other bytes is written as "bodyBase64".';
    throw new FiledRequestError(message, { cause: error });
  }
}

/** One request, a list, an object that holds the list, or one request a line. @throws FiledRequestError */
export function filedList(text: string): FiledList {
  const bare = text.replace(/^\uFEFF/, '');
  const lines = bare.split(/\r?\n/).flatMap((line, index) => (line.trim() === '' ? [] : [{ line, no: index + 1 }]));
  if (lines.length === 0) throw new FiledRequestError('It is empty: there is nothing to verify.');
  const isLines = lines.length > 1 && isRecord(orUndefined(lines[0]?.line ?? ''));
  if (isLines) return ofLines(lines, /\n\s*$/.test(bare));
  return { requests: listIn(parsed(bare, 'This')), isCutShort: false };
}

function ofLines(lines: readonly { readonly line: string; readonly no: number }[], isEnded: boolean): FiledList {
  const last = lines.at(-1);
  const isCutShort = !isEnded && last !== undefined && orUndefined(last.line) === undefined;
  const whole = isCutShort ? lines.slice(0, -1) : lines;
  return { requests: whole.map(({ line, no }) => parsed(line, `Line ${no}`)), isCutShort };
}

function listIn(data: unknown): readonly unknown[] {
  const held = isRecord(data) ? LISTS.map((key) => data[key]).find((each) => Array.isArray(each)) : undefined;
  const list: unknown = held ?? data;
  if (!Array.isArray(list)) return [list];
  if (list.length === 0) throw new FiledRequestError('The list is empty: there is nothing to verify.');
  return list;
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FiledRequestError(`${what} is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function orUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
