import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { OWNER_ONLY_FILE } from '../../../shared/files/private-files.ts';
import { iso } from '../../../shared/time-words.ts';
import { CliError, EXIT } from '../../cli-error.ts';

/** One request as it came. */
export interface Captured {
  readonly provider: string;
  readonly source: string;
  readonly method: string;
  /** As its source is told. */
  readonly url: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** ms since 1970 */
  readonly now: number;
}

export interface RequestFile extends AsyncDisposable {
  /** One after the other, each in one piece. @throws Error when it cannot be written; then the file is as it was before */
  save(request: Captured): Promise<void>;
}

/** Whoever reaches the port fills it, and `verify` reads it as a whole. */
const MOST = 256;
const MOST_BYTES = MOST * 1024 * 1024;
/** How every line begins, and so what is left of a first one. */
const START = '{"name":';

/**
 * Requests one a line, as `verify` reads them: whenever this process dies, all lines but the last are whole. What was cut off before is
 * removed. For its owner alone: signatures, tokens and passwords stand in it as they came. @throws CliError, exit code 2
 */
export async function openRequestFile(path: string, say: (line: string) => void): Promise<RequestFile> {
  const file = await opened(path);
  try {
    await prepare(file, path, say);
  } catch (error) {
    await file.close();
    throw error;
  }
  let turn: Promise<void> = Promise.resolve();
  return {
    save(request) {
      turn = turn.catch(() => undefined).then(() => append(file, Buffer.from(`${lineOf(request)}\n`)));
      return turn;
    },
    async [Symbol.asyncDispose]() {
      await turn.catch(() => undefined);
      await file.close();
    },
  };
}

/** In the form of the vectors that providers publish, without the secret: the source named here has it. */
export function lineOf({ provider, source, method, url, rawHeaders, body, now }: Captured): string {
  const text = isUtf8(body) ? { body: body.toString('utf8') } : { bodyBase64: body.toString('base64') };
  const request = { name: `${iso(now)} ${source}`, provider, source, method, url };
  return JSON.stringify({ ...request, headers: headersOf(rawHeaders), ...text, now: now / 1000 });
}

/** What came more than once is a list. */
function headersOf(rawHeaders: readonly string[]): Readonly<Record<string, string | readonly string[]>> {
  const all = new Map<string, string[]>();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = rawHeaders.slice(i, i + 2);
    all.set(name, [...(all.get(name) ?? []), value]);
  }
  return Object.fromEntries(
    [...all].map(([name, [first = '', ...more]]) => [name, more.length ? [first, ...more] : first]),
  );
}

async function append(file: FileHandle, line: Buffer): Promise<void> {
  const { size } = await file.stat();
  if (size + line.length > MOST_BYTES) throw new Error(`the file would grow beyond ${MOST} MiB`);
  try {
    await file.appendFile(line);
  } catch (error) {
    await file.truncate(size);
    throw error;
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'a+', OWNER_ONLY_FILE);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError(EXIT.usage, `${path} cannot be written: ${why}.`, { cause: error });
  }
}

async function prepare(file: FileHandle, path: string, say: (line: string) => void): Promise<void> {
  const found = await file.stat();
  if (!found.isFile() || found.size > MOST_BYTES) {
    throw new CliError(EXIT.usage, `${path} is no file of at most ${MOST} MiB.`);
  }
  const bytes = await file.readFile();
  const end = bytes.lastIndexOf(0x0a) + 1;
  const whole = bytes.toString('utf8', 0, end).split('\n');
  const rest = bytes.toString('utf8', end).trim();
  const isOurs = end > 0 || rest === '' || isRequest(rest) || rest.startsWith(START);
  if (!isOurs || !whole.every((line) => line.trim() === '' || isRequest(line))) {
    throw new CliError(EXIT.usage, `${path} holds something else than requests, one a line: name another file.`);
  }
  await file.chmod(OWNER_ONLY_FILE);
  if (isRequest(rest)) await file.appendFile('\n');
  else if (rest !== '') {
    await file.truncate(end);
    say(`The last line of ${path} was cut off while it was written, and is removed.`);
  }
}

function isRequest(line: string): boolean {
  try {
    const data: unknown = JSON.parse(line);
    return typeof data === 'object' && data !== null && 'provider' in data;
  } catch {
    return false;
  }
}
